/**
 * Frames as bytes: what participants say to each other, and the one table of it. Everything on the wire passes through
 * {@link dev.parlor.internal.wire.FrameCodec}, which the room calls; values are bytes here. Of Kryo only its buffers are known.
 */
@NullMarked
package dev.parlor.internal.wire;

import org.jspecify.annotations.NullMarked;
