/** Who is present, and how this participant stands among them: joined, silent, left, expelled, cut off. */
package dev.parlor.internal.machine.members;
