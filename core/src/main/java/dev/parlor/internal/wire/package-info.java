/**
 * Frames and values as bytes: the only package that knows Kryo. Everything on the wire passes through
 * {@link dev.parlor.internal.wire.FrameCodec}; values stay encoded until read
 * ({@link dev.parlor.internal.wire.ValueCodec}).
 */
package dev.parlor.internal.wire;
