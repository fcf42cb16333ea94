/**
 * The rooms of one network: what they are joined in, what each has heard, and how two replicas differ. It finds the network that a
 * room was joined on without knowing {@code ParlorNetwork}. That class, the JUnit extension and the assertions call it.
 */
@NullMarked
package dev.parlor.testkit.internal.room;

import org.jspecify.annotations.NullMarked;
