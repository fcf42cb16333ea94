/**
 * Entries that end by themselves, or with the presence of their author: what listeners are told of that, and who removes them for good.
 * What of them readers see is decided in {@code session}, from the entry, who is present and the room's time.
 */
@NullMarked
package dev.parlor.internal.machine.lifetime;

import org.jspecify.annotations.NullMarked;
