/**
 * Puts the parts of a room together. The way of a write: {@code SharedSessionData} → {@code RoomCore.write} (the replica,
 * under the lock) → {@code Outbox} → {@code Sender} → network; and at the other end network → {@code RoomCore.onFrame} →
 * {@code Inbound} → the replica, under the lock → {@code Dispatcher} → listener.
 */
package dev.parlor.internal.room;
