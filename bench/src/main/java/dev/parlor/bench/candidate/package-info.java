/** The systems that are compared, each used as its users would, behind one small interface. */
package dev.parlor.bench.candidate;
