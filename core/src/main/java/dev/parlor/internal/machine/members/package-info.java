/** Who is present, and how this participant stands among them: joined, silent, left, expelled, cut off. */
@NullMarked
package dev.parlor.internal.machine.members;

import org.jspecify.annotations.NullMarked;
