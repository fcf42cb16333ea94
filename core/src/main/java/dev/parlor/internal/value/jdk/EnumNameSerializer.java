package dev.parlor.internal.value.jdk;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.parlor.internal.value.io.Lacking;
import dev.parlor.internal.value.io.Unreadable;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Enums by the names of their constants. One that the reader lacks is read as null and remembered, so that the value
 * around it is not lost. Immutable and thread-safe.
 */
public final class EnumNameSerializer extends Serializer<Enum<?>> {
    private static final int MAX_NAME_CHARS = 256;

    private final Class<? extends Enum<?>> type;
    private final Map<String, Enum<?>> constants = new HashMap<>();

    public EnumNameSerializer(Class<? extends Enum<?>> type) {
        this.type = type;
        for (Enum<?> constant : type.getEnumConstants()) {
            constants.put(constant.name(), constant);
        }
    }

    @Override
    public void write(Kryo kryo, Output out, Enum<?> constant) {
        out.writeString(constant.name());
    }

    @Override
    public @Nullable Enum<?> read(Kryo kryo, Input in, Class<? extends Enum<?>> ignored) {
        String name = in.readString();
        Enum<?> constant = constants.get(name);
        if (constant == null) {
            if (!isName(name)) {
                throw new Unreadable("what was sent is no constant of the enum " + type.getName(), "",
                        "keep it an enum in every program", null);
            }
            Lacking.of(kryo).add(type, name);
        }
        return constant;
    }

    private static boolean isName(@Nullable String name) {
        return name != null && !name.isEmpty() && name.length() <= MAX_NAME_CHARS
                && Character.isJavaIdentifierStart(name.codePointAt(0))
                && name.codePoints().allMatch(Character::isJavaIdentifierPart);
    }
}
