/** What waits to be sent, and how frames are made of it and numbered. The stories put in; the engine's sender takes out. */
@NullMarked
package dev.parlor.internal.machine.outbox;

import org.jspecify.annotations.NullMarked;
