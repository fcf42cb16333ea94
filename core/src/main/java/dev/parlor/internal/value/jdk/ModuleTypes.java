package dev.parlor.internal.value.jdk;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Insets;
import java.awt.Point;
import java.awt.Rectangle;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Values of modules of the JDK that a program may run without: {@code java.sql} and {@code java.desktop}. Each module's
 * are in a class of their own, which is not loaded where the module is not.
 */
public final class ModuleTypes {
    /** Numbers of {@code java.sql}'s types begin here, those of {@code java.desktop}'s at the next. Part of the protocol. */
    private static final int FIRST_OF_SQL = 512;
    private static final int FIRST_OF_DESKTOP = 528;
    /** The first number after all of theirs. */
    private static final int END = 544;

    /** Whether the modules are there; looked up once, without initializing anything of them. */
    private static final boolean SQL = isThere("java.sql.Timestamp");
    private static final boolean DESKTOP = isThere("java.awt.Color");

    private ModuleTypes() {}

    private static boolean isThere(String name) {
        try {
            Class.forName(name, false, ModuleTypes.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    static boolean contains(Class<?> type) {
        return SQL && Sql.NUMBERS.containsKey(type) || DESKTOP && Desktop.NUMBERS.containsKey(type);
    }

    /** Those of the modules that are there. */
    static Stream<Class<?>> all() {
        return Stream.concat(SQL ? Sql.NUMBERS.keySet().stream() : Stream.empty(),
                DESKTOP ? Desktop.NUMBERS.keySet().stream() : Stream.empty());
    }

    /** The module whose class has a number, or null if none may have. */
    public static @Nullable String moduleOf(int number) {
        if (number >= FIRST_OF_SQL && number < FIRST_OF_DESKTOP) {
            return "java.sql";
        }
        return number >= FIRST_OF_DESKTOP && number < END ? "java.desktop" : null;
    }

    static void register(Kryo kryo) {
        if (SQL) {
            Sql.NUMBERS.forEach((type, number) -> kryo.register(new Registration(type, Sql.serializerOf(type), number)));
        }
        if (DESKTOP) {
            Desktop.NUMBERS.forEach((type, number) ->
                    kryo.register(new Registration(type, Desktop.serializerOf(type), number)));
        }
    }

    private static final class Sql {
        static final Map<Class<?>, Integer> NUMBERS = Map.of(java.sql.Date.class, FIRST_OF_SQL,
                java.sql.Time.class, FIRST_OF_SQL + 1, java.sql.Timestamp.class, FIRST_OF_SQL + 2);

        private Sql() {}

        static Serializer<?> serializerOf(Class<?> type) {
            if (type == java.sql.Date.class) {
                return Parts.<java.sql.Date>of((out, date) -> out.writeLong(date.getTime()), in -> new java.sql.Date(in.readLong()));
            } else if (type == java.sql.Time.class) {
                return Parts.<java.sql.Time>of((out, time) -> out.writeLong(time.getTime()), in -> new java.sql.Time(in.readLong()));
            }
            return Parts.<java.sql.Timestamp>of((out, time) -> {
                out.writeLong(time.getTime());
                out.writeVarInt(time.getNanos(), true);
            }, in -> {
                java.sql.Timestamp time = new java.sql.Timestamp(in.readLong());
                time.setNanos(in.readVarInt(true));
                return time;
            });
        }
    }

    private static final class Desktop {
        static final Map<Class<?>, Integer> NUMBERS = Map.of(Color.class, FIRST_OF_DESKTOP, Point.class, FIRST_OF_DESKTOP + 1,
                Dimension.class, FIRST_OF_DESKTOP + 2, Rectangle.class, FIRST_OF_DESKTOP + 3,
                Insets.class, FIRST_OF_DESKTOP + 4);

        private Desktop() {}

        static Serializer<?> serializerOf(Class<?> type) {
            if (type == Color.class) {
                return Parts.<Color>of((out, colour) -> out.writeInt(colour.getRGB()), in -> new Color(in.readInt(), true));
            } else if (type == Point.class) {
                return Parts.<Point>of((out, point) -> out.writeInts(new int[] {point.x, point.y}, 0, 2),
                        in -> new Point(in.readInt(), in.readInt()));
            } else if (type == Dimension.class) {
                return Parts.<Dimension>of((out, size) -> out.writeInts(new int[] {size.width, size.height}, 0, 2),
                        in -> new Dimension(in.readInt(), in.readInt()));
            } else if (type == Rectangle.class) {
                return Parts.<Rectangle>of((out, box) -> out.writeInts(new int[] {box.x, box.y, box.width, box.height}, 0, 4),
                        in -> new Rectangle(in.readInt(), in.readInt(), in.readInt(), in.readInt()));
            }
            return Parts.<Insets>of((out, edges) ->
                            out.writeInts(new int[] {edges.top, edges.left, edges.bottom, edges.right}, 0, 4),
                    in -> new Insets(in.readInt(), in.readInt(), in.readInt(), in.readInt()));
        }
    }
}
