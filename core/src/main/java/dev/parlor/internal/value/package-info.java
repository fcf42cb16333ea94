/**
 * Values as bytes: the codec, the classes that may travel, and why one may not. The room encodes a value when it is put and
 * decodes it when it is first read, by {@link dev.parlor.internal.value.ValueCodec}; nobody else calls anything here. These
 * packages alone know Kryo's objects; how frames are written is not known here.
 */
@NullMarked
package dev.parlor.internal.value;

import org.jspecify.annotations.NullMarked;
