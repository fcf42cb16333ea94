/**
 * Tests of several JVMs. {@link dev.parlor.testkit.jvm.ParlorJvm} starts a JVM as a process and surely ends it; in a
 * {@link dev.parlor.testkit.jvm.ControlRoom} the JVMs and the test tell each other values, such as a port, and wait for
 * each other. What the JVMs run need not use Parlor for anything else, and any program may start them, a test or not.
 */
@NullMarked
package dev.parlor.testkit.jvm;

import org.jspecify.annotations.NullMarked;
