/**
 * What one participant knows of its room: data, members, those present, what has come from whom. The stories of the machine read
 * and change it; it calls none of them.
 */
@NullMarked
package dev.parlor.internal.machine.state;

import org.jspecify.annotations.NullMarked;
