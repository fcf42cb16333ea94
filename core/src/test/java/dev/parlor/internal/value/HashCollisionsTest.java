package dev.parlor.internal.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.InvalidArgumentException;
import dev.parlor.internal.value.shape.Fields;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names whose hashes are the same are refused when they are registered, and what is advised works. */
class HashCollisionsTest {
    /** Pairs of words with one FNV-1a hash. */
    record Words(int costarring, int liquid) {}

    static class Base {
        int declinate;
    }

    static final class Derived extends Base {
        int macallums;
    }

    @TempDir
    private Path folder;

    @Test
    void twoFieldsOfOneClass() {
        assertThat(Fields.hash("costarring")).isEqualTo(Fields.hash("liquid"));
        for (Class<?> type : List.of(Words.class, Derived.class)) {
            assertThatThrownBy(() -> TypeRegistry.of(List.of(type), Map.of())).isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining(type.getName()).hasMessageContaining("rename ");
        }
    }

    @Test
    void twoClasses() throws Exception {
        int bits = TypeRegistry.HASHED - 1;
        Map<Integer, String> names = new HashMap<>();
        String one = null;
        String other = null;
        for (int i = 0; one == null; i++) {
            other = "C" + i;
            one = names.put(Fields.hash(other) & bits, other);
        }
        try (URLClassLoader loader = compiled(one, other)) {
            Class<?> first = loader.loadClass(one);
            Class<?> second = loader.loadClass(other);
            assertThatThrownBy(() -> TypeRegistry.of(List.of(first, second), Map.of()))
                    .isInstanceOf(InvalidArgumentException.class).hasMessageContaining(one).hasMessageContaining(other)
                    .hasMessageContaining(".type(1, " + other + ".class)");
            ValueCodec codec = new ValueCodec(TypeRegistry.of(List.of(first), Map.of(second, 1)));
            for (Class<?> type : List.of(first, second)) {
                Constructor<?> constructor = type.getConstructor(int.class);
                Object value = constructor.newInstance(5);
                assertThat(codec.decode(codec.encode(value, () -> "", 1000, ""))).isEqualTo(value);
            }
        }
    }

    private URLClassLoader compiled(String... names) throws IOException {
        for (String name : names) {
            Path source = Files.writeString(folder.resolve(name + ".java"), "public record " + name + "(int n) {}");
            assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", folder.toString(), source.toString()))
                    .isZero();
        }
        return new URLClassLoader(new URL[] {folder.toUri().toURL()});
    }
}
