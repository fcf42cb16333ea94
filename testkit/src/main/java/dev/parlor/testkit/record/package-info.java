/**
 * Recordings for bug reports: {@link dev.parlor.testkit.record.RoomRecorder} writes down what comes to a room and what is done to
 * it, {@link dev.parlor.testkit.record.Replay} does it again step by step. It needs no test library, so that any program may
 * record its rooms.
 */
@NullMarked
package dev.parlor.testkit.record;

import org.jspecify.annotations.NullMarked;
