/**
 * Processes of a test: how a JVM is started with the classes of this one, gets its task, prints, and ends with the test at the
 * latest. {@code JvmMain} runs in the JVM that was started; the other classes run in the JVM of the test. Only
 * {@code dev.parlor.testkit.jvm} calls it, and {@code java}, which begins at {@code JvmMain}.
 */
@NullMarked
package dev.parlor.testkit.internal.process;

import org.jspecify.annotations.NullMarked;
