/**
 * What participants say beside session data: app-messages in the order of sending, requests, flushes, and how senders are held
 * back by listeners that are slow.
 */
@NullMarked
package dev.parlor.internal.machine.talk;

import org.jspecify.annotations.NullMarked;
