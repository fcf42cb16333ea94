/** Small programs on the public API of Parlor alone, to read and to copy from. Nothing depends on them, and they are not published. */
package dev.parlor.examples;
