/** How the participants' times are kept together, by what they say of them. */
@NullMarked
package dev.parlor.internal.machine.clocksync;

import org.jspecify.annotations.NullMarked;
