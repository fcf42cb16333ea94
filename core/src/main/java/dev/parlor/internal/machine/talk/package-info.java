/**
 * What participants say beside session data: app-messages in the order of sending, requests, flushes, and how senders are held
 * back by listeners that are slow.
 */
package dev.parlor.internal.machine.talk;
