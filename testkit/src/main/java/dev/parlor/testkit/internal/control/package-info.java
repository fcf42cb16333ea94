/**
 * The inside of a control room: its waits, barriers, reports and the environment variables that lead a process to it. It uses the
 * public API of the library only, as any application does. Only {@code dev.parlor.testkit.jvm} calls it.
 */
@NullMarked
package dev.parlor.testkit.internal.control;

import org.jspecify.annotations.NullMarked;
