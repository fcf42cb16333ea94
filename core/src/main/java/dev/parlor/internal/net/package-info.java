/** The port through which rooms reach each other. What stands behind it is chosen by who makes a room. */
@NullMarked
package dev.parlor.internal.net;

import org.jspecify.annotations.NullMarked;
