/**
 * The questions of one participant whether all others have what it has sent, and their answers. Callers ask through the engine;
 * a participant that leaves asks as well.
 */
@NullMarked
package dev.parlor.internal.machine.flush;

import org.jspecify.annotations.NullMarked;
