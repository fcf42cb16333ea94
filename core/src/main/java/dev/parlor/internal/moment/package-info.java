/** Reading a map while it goes on changing: as it was at one moment, or as it is by now. Knows nothing of what is in it. */
@NullMarked
package dev.parlor.internal.moment;

import org.jspecify.annotations.NullMarked;
