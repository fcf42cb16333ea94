/**
 * Puts the parts of a room together. The way of a write: {@code SharedSessionData} → {@code Writes} (the replica, under
 * the lock) → {@code Outbox} → {@code Sender} → network; and at the other end network → {@code Reception} (the replica,
 * under the lock) → dispatcher → listener.
 */
package dev.parlor.internal.room;
