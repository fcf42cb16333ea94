package dev.parlor.testkit.values;

import java.io.Serializable;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** An application's classes of every kind that travels, each with objects of it. */
final class OwnClasses {
    private OwnClasses() {}

    enum Colour {
        RED,
        TEAL {
            @Override
            public String toString() {
                return "teal!";
            }
        }
    }

    enum Unit implements Supplier<String> {
        METRE {
            @Override
            public String get() {
                return "m";
            }
        }
    }

    sealed interface Shape permits Circle, Square, Nowhere {}

    record Circle(double radius) implements Shape {}

    record Square(int side, Colour colour) implements Shape {}

    enum Nowhere implements Shape { NOWHERE }

    record Empty() {}

    private record Hidden(String text) {}

    record Box<T>(T value) {}

    record Range(int from, int to) {
        Range {
            if (from > to) {
                throw new IllegalArgumentException("from > to");
            }
        }
    }

    record Everything(int[] weights, String[] names, List<Circle> circles, Map<Colour, Set<Shape>> byColour, Optional<Shape> maybe,
            Shape shape, Object anything, Number number, CharSequence text, Circle[] array, Shape[][] grid, UUID id,
            Everything next) {}

    static class Base {
        private final String name;
        int size;

        Base(String name) {
            this.name = name;
        }

        @Override
        public boolean equals(Object other) {
            return other != null && other.getClass() == getClass() && ((Base) other).name.equals(name)
                    && ((Base) other).size == size;
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    /** A field that hides another of its name. */
    static final class Derived extends Base {
        private final double size;

        Derived(String name, double size) {
            super(name);
            this.size = size;
            super.size = 7;
        }

        @Override
        public boolean equals(Object other) {
            return super.equals(other) && ((Derived) other).size == size;
        }

        @Override
        public int hashCode() {
            return super.hashCode();
        }
    }

    /** Made without running a constructor, as its only one wants to know something. */
    static final class Final {
        private final List<String> lines;
        private final transient int lengthOfAll;

        Final(List<String> lines) {
            this.lines = Objects.requireNonNull(lines);
            this.lengthOfAll = String.join("", lines).length();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Final it && it.lines.equals(lines);
        }

        @Override
        public int hashCode() {
            return lines.hashCode();
        }
    }

    /** Made by its constructor, so that what is transient is there. */
    static final class Cached {
        private String text;
        private final transient Map<String, String> cache = new LinkedHashMap<>();

        private Cached() {}

        Cached(String text) {
            this.text = text;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Cached it && it.text.equals(text) && it.cache.equals(cache);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }
    }

    /** Whose constructor is neither public nor private. */
    static class Point {
        int x;
        int y;

        Point() {}

        static Point of(int x, int y) {
            Point point = new Point();
            point.x = x;
            point.y = y;
            return point;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Point it && it.x == x && it.y == y;
        }

        @Override
        public int hashCode() {
            return x * 31 + y;
        }
    }

    /** A collection of its own, whose content is in its own fields. */
    static final class Tags extends AbstractList<String> {
        private final String colour;
        private final List<String> tags;

        Tags(String colour, String... tags) {
            this.colour = colour;
            this.tags = new ArrayList<>(List.of(tags));
        }

        @Override
        public String get(int index) {
            return tags.get(index);
        }

        @Override
        public int size() {
            return tags.size();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Tags it && it.colour.equals(colour) && super.equals(other);
        }

        @Override
        public int hashCode() {
            return super.hashCode();
        }
    }

    static final class Votes extends AbstractMap<String, Integer> {
        private final Map<String, Integer> votes = new LinkedHashMap<>();

        @Override
        public Integer put(String key, Integer value) {
            return votes.put(key, value);
        }

        @Override
        public Set<Entry<String, Integer>> entrySet() {
            return votes.entrySet();
        }
    }

    /** A field that is a collection of the application's own. */
    record Tagged(Tags tags, Tags[] more) {}

    /** A constant, as people made them before there were enums. */
    static final class Suit implements Serializable {
        private static final long serialVersionUID = 1L;
        private static final Suit[] ALL = {new Suit("hearts"), new Suit("spades")};
        private final String name;

        private Suit(String name) {
            this.name = name;
        }

        static Suit of(String name) {
            return Arrays.stream(ALL).filter(each -> each.name.equals(name)).findFirst().orElseThrow();
        }

        private Object readResolve() {
            return of(name);
        }
    }

    /** As Kotlin makes of {@code object Stop}. */
    static final class Stop {
        public static final Stop INSTANCE = new Stop();

        private Stop() {}
    }

    /** A singleton of another style. */
    static final class Pause implements Shapeless {
        private static final Pause THE_ONE = new Pause();

        private Pause() {}

        static Pause get() {
            return THE_ONE;
        }
    }

    interface Shapeless {}

    static class Command {
        private final String verb;

        Command(String verb) {
            this.verb = verb;
        }
    }

    /** As Kotlin makes of {@code object Play : Command("play")}. */
    static final class Play extends Command {
        public static final Play INSTANCE = new Play();

        private Play() {
            super("play");
        }
    }

    /** A constant of a value class that is no singleton. */
    static final class Money {
        static final Money INSTANCE = new Money(0);
        private final long cents;

        private Money(long cents) {
            this.cents = cents;
        }

        static Money of(long cents) {
            return new Money(cents);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Money it && it.cents == cents;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(cents);
        }
    }

    /** A constructor that is there to be called by nobody. */
    static final class Code {
        private final int number;

        private Code() {
            throw new AssertionError("never called");
        }

        Code(int number) {
            this.number = number;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Code it && it.number == number;
        }

        @Override
        public int hashCode() {
            return number;
        }
    }

    static final class Meters extends Number {
        private static final long serialVersionUID = 1L;
        private final double value;

        Meters(double value) {
            this.value = value;
        }

        @Override
        public int intValue() {
            return (int) value;
        }

        @Override
        public long longValue() {
            return (long) value;
        }

        @Override
        public float floatValue() {
            return (float) value;
        }

        @Override
        public double doubleValue() {
            return value;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Meters it && it.value == value;
        }

        @Override
        public int hashCode() {
            return Double.hashCode(value);
        }
    }

    /** The registered classes: not one of an array. */
    static Class<?>[] types() {
        return new Class<?>[] {Colour.class, Unit.class, Circle.class, Square.class, Nowhere.class, Empty.class, Hidden.class,
            Box.class, Range.class, Everything.class, Base.class, Derived.class, Final.class, Cached.class, Point.class,
            Tags.class, Votes.class, Tagged.class, Suit.class, Stop.class, Pause.class, Play.class, Money.class, Code.class, Meters.class,
            local().getClass()};
    }

    static Object local() {
        record Local(int x) {}
        return new Local(5);
    }

    static List<Object> samples() {
        Votes votes = new Votes();
        votes.put("yes", 2);
        Everything inner = new Everything(null, null, null, null, Optional.empty(), null, null, null, null, null, null, null, null);
        Everything all = new Everything(new int[] {1}, new String[] {"a", null}, List.of(new Circle(1)), Map.of(Colour.TEAL,
                Set.of(Nowhere.NOWHERE, new Square(1, Colour.RED))), Optional.of(new Circle(2)), new Square(2, null),
                List.of(new Box<>(1)), 5L, "text", new Circle[] {new Circle(3), null},
                new Shape[][] {{new Circle(1), Nowhere.NOWHERE}, null, {}}, UUID.randomUUID(), inner);
        return List.of(Colour.RED, Colour.TEAL, Unit.METRE, new Circle(1.5), new Square(2, Colour.TEAL), Nowhere.NOWHERE,
                new Empty(), new Hidden("h"), new Box<>("text"), new Box<>(null), new Box<>(new Box<>(List.of(1))),
                new Range(1, 2), all, new Base("a"), new Derived("a", 1.5), new Final(List.of("a", "b")), new Cached("c"),
                Point.of(1, 2), new Tags("red", "a", "b"), votes, new Tagged(new Tags("blue"), new Tags[] {new Tags("x", "y")}),
                Suit.of("spades"), Stop.INSTANCE, Pause.get(), Play.INSTANCE, Money.of(5), Money.of(0), new Code(7), new Meters(2.5), local());
    }
}
