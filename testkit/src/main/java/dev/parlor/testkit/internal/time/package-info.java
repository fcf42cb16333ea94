/**
 * The time of a network: that of the machine, or one that passes only while the test waits. It also runs what is due, on threads
 * of its own or on the thread that waits. The packages for media and for rooms call it, and {@code ParlorNetwork}, which chooses
 * one.
 */
@NullMarked
package dev.parlor.testkit.internal.time;

import org.jspecify.annotations.NullMarked;
