/** The port through which rooms reach each other. What stands behind it is chosen by who makes a room. */
package dev.parlor.internal.net;
