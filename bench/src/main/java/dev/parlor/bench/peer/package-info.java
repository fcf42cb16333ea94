/** What runs in the JVMs that are measured: one member each, told what to do by lines on standard input. */
package dev.parlor.bench.peer;
