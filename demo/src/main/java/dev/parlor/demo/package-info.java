/** The tour and the terminal chat. */
package dev.parlor.demo;
