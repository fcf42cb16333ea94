/**
 * Rooms for tests: joined before a test and closed after it ({@code ParlorTest}), on a network that does
 * what the test says, with assertions that wait and say what differs. Tests of several JVMs are in
 * {@code dev.parlor.testkit.jvm}. Any test may use all of it; what stands behind it is in packages that no module exports.
 */
@NullMarked
package dev.parlor.testkit;

import org.jspecify.annotations.NullMarked;
