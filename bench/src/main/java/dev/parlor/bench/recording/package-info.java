/** What a JVM has written down of itself (JDK Flight Recorder), read. */
package dev.parlor.bench.recording;
