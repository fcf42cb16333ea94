/**
 * What participants say beside session data: app-messages in the order of sending, and requests. Callers begin here through
 * the engine; what comes in is held until all before it has come.
 */
@NullMarked
package dev.parlor.internal.machine.messaging;

import org.jspecify.annotations.NullMarked;
