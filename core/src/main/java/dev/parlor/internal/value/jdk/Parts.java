package dev.parlor.internal.value.jdk;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.parlor.internal.value.io.LimitedOutput;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Serializers of values that are written by their parts, each made of two functions. */
final class Parts<T> extends Serializer<T> {
    private final BiConsumer<Output, T> writer;
    private final Function<Input, T> reader;

    private Parts(BiConsumer<Output, T> writer, Function<Input, T> reader) {
        this.writer = writer;
        this.reader = reader;
    }

    /** A serializer of two functions. */
    static <T> Serializer<T> of(BiConsumer<Output, T> writer, Function<Input, T> reader) {
        return new Parts<>(writer, reader);
    }

    /** Values that are made of a text. */
    static <T> Serializer<T> ofText(Function<T, String> text, Function<String, T> made) {
        return of((out, value) -> out.writeString(text.apply(value)), in -> made.apply(text(in)));
    }

    /** Another serializer for values of which it is known how many bytes they have at least: too large ones are not copied. */
    static <T> Serializer<T> sized(Serializer<T> serializer, ToLongFunction<T> bytes) {
        return new Serializer<>() {
            @Override
            public void write(Kryo kryo, Output out, T value) {
                LimitedOutput.expect(out, bytes.applyAsLong(value));
                serializer.write(kryo, out, value);
            }

            @Override
            public T read(Kryo kryo, Input in, Class<? extends T> type) {
                return serializer.read(kryo, in, type);
            }
        };
    }

    /** A text that is not null. */
    static String text(Input in) {
        String text = in.readString();
        if (text == null) {
            throw new KryoException("no text where one must be");
        }
        return text;
    }

    @Override
    public void write(Kryo kryo, Output out, T value) {
        writer.accept(out, value);
    }

    @Override
    public T read(Kryo kryo, Input in, Class<? extends T> type) {
        return reader.apply(in);
    }
}
