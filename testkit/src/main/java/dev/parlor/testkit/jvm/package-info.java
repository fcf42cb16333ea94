/**
 * Tests of several JVMs: {@code ParlorJvm} starts and surely ends them, in a
 * {@code ControlRoom} they and the test wait for each other.
 */
package dev.parlor.testkit.jvm;
