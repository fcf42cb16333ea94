/**
 * Log lines, written by a thread of their own: a console that blocks stops nobody who logs. Every other package of Parlor may
 * log through it; it knows only how threads are made.
 */
@NullMarked
package dev.parlor.internal.log;

import org.jspecify.annotations.NullMarked;
