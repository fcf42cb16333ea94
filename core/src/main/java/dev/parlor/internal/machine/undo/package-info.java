/**
 * What this participant has changed of session data, and what it replaced, for those who undo it. Writes of callers are remembered here,
 * and what is to be restored is decided here; writing it is up to {@code machine.write}.
 */
@NullMarked
package dev.parlor.internal.machine.undo;

import org.jspecify.annotations.NullMarked;
