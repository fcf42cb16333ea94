package dev.parlor.testkit.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.InvalidArgumentException;
import dev.parlor.ParlorException;
import dev.parlor.Room;
import dev.parlor.UnregisteredTypeException;
import dev.parlor.testkit.ParlorNetwork;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Date;
import java.util.EventObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TimerTask;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Classes whose objects would not arrive whole are refused when they are registered, and what is said to do instead works. */
@SuppressWarnings("serial") // nobody serializes these
class RefusedClassesTest {
    static final class Words extends ArrayList<String> {
        private static final long serialVersionUID = 1L;
    }

    static final class Tags extends HashSet<String> {
        private static final long serialVersionUID = 1L;
        String colour;
    }

    static final class Table extends HashMap<String, Integer> {
        private static final long serialVersionUID = 1L;
    }

    static final class Sorted extends TreeMap<String, Integer> {
        private static final long serialVersionUID = 1L;
    }

    static final class Settings extends Properties {
        private static final long serialVersionUID = 1L;
    }

    static final class Queue extends ArrayDeque<String> {
        private static final long serialVersionUID = 1L;
    }

    static final class Day extends Date {
        private static final long serialVersionUID = 1L;
    }

    static final class Trouble extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int code;

        Trouble(int code) {
            super("trouble " + code);
            this.code = code;
        }
    }

    static final class Worker extends Thread {}

    static final class Task extends TimerTask {
        @Override
        public void run() {}
    }

    static final class Clicked extends EventObject {
        private static final long serialVersionUID = 1L;
        private final int x = 1;

        Clicked() {
            super("source");
        }
    }

    static final class AllTransient {
        private transient String text = "text";
    }

    static class OwnHalf implements Serializable {
        private static final long serialVersionUID = 1L;
        private transient List<String> lines = new ArrayList<>();
        private int size;

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            out.writeObject(new ArrayList<>(lines));
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            lines = new ArrayList<>();
        }
    }

    static final class InheritsIt extends OwnHalf {
        private static final long serialVersionUID = 1L;
        private String name;
    }

    static final class External implements Externalizable {
        private transient String text;
        private int size;

        @Override
        public void writeExternal(ObjectOutput out) {}

        @Override
        public void readExternal(ObjectInput in) {}
    }

    static final class Replaced implements Serializable {
        private static final long serialVersionUID = 1L;
        private transient String text;
        private int size;

        private Object writeReplace() {
            return text;
        }
    }

    final class Inner {
        private int x;
    }

    static class OfAnInner {
        class Nested {}
    }

    static final class ExtendsInner extends OfAnInner.Nested {
        private int x;

        ExtendsInner(OfAnInner outer) {
            outer.super();
        }
    }

    abstract static class Something {
        int x;
    }

    static final class Thing extends Something {}

    sealed interface Shape {}

    record Circle(int radius) implements Shape {}

    record Square(int side) implements Shape {}

    sealed abstract static class Animal {}

    static final class Cat extends Animal {}

    @interface Note {}

    static final class State {
        static final State INSTANCE = new State();
        private int volume;

        private State() {}
    }

    /** One of several objects that are told apart by nothing. */
    static final class Token {
        static final Token ONE = new Token();
        static final Token TWO = new Token();

        private Token() {}
    }

    static final class Suit {
        static final Suit HEARTS = new Suit("hearts");
        static final Suit SPADES = new Suit("spades");
        private final String name;

        private Suit(String name) {
            this.name = name;
        }
    }

    /** Made when it is asked for first. */
    static final class Lazy {
        private static Lazy instance;
        private List<String> lines = new ArrayList<>();

        private Lazy() {}

        static Lazy get() {
            instance = instance == null ? new Lazy() : instance;
            return instance;
        }
    }

    static final class Held {
        private Held() {}

        private static final class Holder {
            private static final Held IT = new Held();
        }
    }

    sealed interface Deep {}

    sealed interface Deeper extends Deep {}

    record Deepest(int x) implements Deeper {}

    enum DeepToo implements Deep {
        ONE {
            @Override
            public String toString() {
                return "one!";
            }
        }
    }

    record Fixed(ArrayList<String> list) {}

    static final class Fields {
        private Queue queue;
    }

    record Instead(Object content) {}

    /** A class, an object of it or null, what is said, and what that says to do: another value with what it registers. */
    private record Refused(Class<?> type, Object object, String says, Object instead, Class<?>... types) {}

    private List<Refused> refused() {
        Object anonymous = new Something() {};
        Runnable lambda = () -> {};
        Object proxy = Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Runnable.class}, (p, m, a) -> null);
        class Capturing {
            Object outer() {
                return RefusedClassesTest.this;
            }
        }
        return List.of(
                new Refused(Words.class, null, "extends java.util.ArrayList", new Words()),
                new Refused(Tags.class, null, "leave it out", new Tags()),
                new Refused(Table.class, null, "field that is a Map", new Instead(new Table()), Instead.class),
                new Refused(Sorted.class, null, "as any Map does", new Sorted()),
                new Refused(Settings.class, null, "extends java.util.Properties", new Settings()),
                new Refused(Queue.class, null, "extends java.util.ArrayDeque", new Instead(List.of()), Instead.class),
                new Refused(Day.class, new Day(), "extends java.util.Date", new Instead(new Date(5)), Instead.class),
                new Refused(Trouble.class, new Trouble(5), "message", new Instead("trouble 5"), Instead.class),
                new Refused(Worker.class, new Worker(), "extends java.lang.Thread", new Instead("worker"), Instead.class),
                new Refused(Task.class, new Task(), "extends java.util.TimerTask", new Instead("task"), Instead.class),
                new Refused(Clicked.class, new Clicked(), "extends java.util.EventObject", new Instead(1), Instead.class),
                new Refused(AllTransient.class, new AllTransient(), "all its fields are transient", new Instead("text"),
                        Instead.class),
                new Refused(OwnHalf.class, new OwnHalf(), "share a record", new Instead(List.of()), Instead.class),
                new Refused(InheritsIt.class, new InheritsIt(), "share a record", new Instead(List.of()), Instead.class),
                new Refused(External.class, new External(), "Externalizable", new Instead("text"), Instead.class),
                new Refused(Replaced.class, new Replaced(), "writeReplace", new Instead("text"), Instead.class),
                new Refused(Inner.class, new Inner(), "static", new Thing(), Thing.class),
                new Refused(ExtendsInner.class, new ExtendsInner(new OfAnInner()), "static", new Thing(), Thing.class),
                new Refused(Capturing.class, new Capturing(), "static", new Thing(), Thing.class),
                new Refused(anonymous.getClass(), anonymous, "record", new Instead(1), Instead.class),
                new Refused(lambda.getClass(), lambda, "record", new Instead("do"), Instead.class),
                new Refused(proxy.getClass(), proxy, "record", new Instead("do"), Instead.class),
                new Refused(Something.class, null, "abstract", new Thing(), Thing.class),
                new Refused(Shape.class, null, ".types(Circle.class, Square.class)", new Circle(1), Circle.class, Square.class),
                new Refused(Animal.class, null, ".types(Cat.class)", new Cat(), Cat.class),
                new Refused(Runnable.class, null, "an interface", new Instead("do"), Instead.class),
                new Refused(Note.class, null, "no objects", new Instead("note"), Instead.class),
                new Refused(Object.class, new Object(), "record", new Instead(1), Instead.class),
                new Refused(Enum.class, null, "abstract", Thread.State.NEW, Thread.State.class),
                new Refused(void.class, null, "no objects", 1),
                new Refused(State.class, State.INSTANCE, "share a record", new Instead(5), Instead.class),
                new Refused(Token.class, Token.ONE, "make it an enum", Thread.State.NEW, Thread.State.class),
                new Refused(Suit.class, Suit.SPADES, "make it an enum", Thread.State.NEW, Thread.State.class),
                new Refused(Lazy.class, Lazy.get(), "share a record", new Instead(List.of()), Instead.class),
                new Refused(Held.class, Held.Holder.IT, "readResolve()", OwnClasses.Suit.of("hearts"), OwnClasses.Suit.class),
                new Refused(Deep.class, null, ".types(Deepest.class, DeepToo.class)", DeepToo.ONE, Deepest.class, DeepToo.class),
                new Refused(Fixed.class, new Fixed(new ArrayList<>()), "declare it as List", new Instead(List.of()), Instead.class),
                new Refused(Fields.class, new Fields(), "declare it as", new Instead(List.of()), Instead.class));
    }

    @Test
    void eachIsRefusedWithSomethingThatWorksInstead() {
        for (Refused each : refused()) {
            assertThatThrownBy(() -> join(each.type()), each.type().getName()).isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining(each.type().getName()).hasMessageContaining(each.says())
                    .hasMessageNotContaining("opens ");
            assertThat(trip(each.instead(), each.types())).as("instead of %s", each.type()).isNotNull();
        }
    }

    /** What a put says of an object is what a registration of its class would say, never to register it. */
    @Test
    void aPutOfAnObjectSaysTheSame() {
        for (Refused each : refused()) {
            if (each.object() != null) {
                for (Object value : List.of(each.object(), List.of(each.object()), new Instead(each.object()))) {
                    assertThatThrownBy(() -> trip(value, Instead.class)).as("%s", each.type())
                            .isInstanceOf(UnregisteredTypeException.class).hasMessageContaining(each.says())
                            .hasMessageNotContaining(".types(" + each.type().getSimpleName() + ".class)");
                }
            }
        }
    }

    @Test
    void aClassAndItsNumbersAreOneToOne() {
        refuses("number 1 ", b -> b.type(1, Circle.class).type(2, Circle.class));
        refuses("the same number", b -> b.type(1, Circle.class).type(1, Square.class));
        refuses(".type(2, ", b -> b.type(1, Circle.class).type(1, Square.class));
        refuses("both by its name and under the number 1", b -> b.types(Circle.class).type(1, Circle.class));
        refuses("1 to 65535", b -> b.type(0, Circle.class));
        refuses("1 to 65535", b -> b.type(65_536, Circle.class));
        refuses("must not be null", b -> b.types((Class<?>[]) null));
        refuses("must not be null", b -> b.types(Circle.class, null));
        refuses("must not be null", b -> b.type(1, null));
        try (ParlorNetwork network = ParlorNetwork.create()) {
            // As the messages advise.
            network.join("Ada", b -> b.type(1, Circle.class).type(2, Square.class).types(Thing.class, Thing.class)
                    .type(1, Circle.class).types()).sessionData().put("k", List.of(new Circle(1), new Square(2)));
        }
    }

    private static void refuses(String says, java.util.function.UnaryOperator<dev.parlor.RoomBuilder> builder) {
        try (ParlorNetwork network = ParlorNetwork.create()) {
            assertThatThrownBy(() -> network.join("Ada", builder)).isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining(says);
        }
    }

    /** The call that a refused put names is made, and no other. */
    @Test
    void theCallThatAPutNamesRegistersWhatItNeeds() {
        Map<Object, Class<?>[]> advised = Map.of(new Circle(1), new Class<?>[] {Circle.class},
                List.of(new Circle[][] {{new Circle(1)}}), new Class<?>[] {Circle.class},
                Map.of("k", Set.of(new Thing())), new Class<?>[] {Thing.class},
                new Shape[] {new Circle(1)}, new Class<?>[] {Shape[].class, Circle.class},
                new Shape[][][] {{{new Square(1)}}}, new Class<?>[] {Shape[].class, Square.class},
                new Something[] {new Thing()}, new Class<?>[] {Something[].class, Thing.class},
                OwnClasses.Colour.TEAL, new Class<?>[] {OwnClasses.Colour.class},
                OwnClasses.local(), new Class<?>[] {OwnClasses.local().getClass()});
        advised.forEach((value, types) -> {
            List<Class<?>> registered = new ArrayList<>();
            for (Class<?> type : types) {
                assertThatThrownBy(() -> trip(value, registered.toArray(new Class<?>[0]))).as("%s", value)
                        .isInstanceOf(UnregisteredTypeException.class)
                        .hasMessageContaining(".types(" + type.getSimpleName() + ".class)");
                registered.add(type);
            }
            assertThat(trip(value, types)).as("%s", value).isNotNull();
        });
    }

    private static void join(Class<?>... types) {
        try (ParlorNetwork network = ParlorNetwork.create()) {
            network.join("Ada", b -> b.types(types));
        }
    }

    private static Object trip(Object value, Class<?>... types) throws ParlorException {
        try (ParlorNetwork network = ParlorNetwork.create()) {
            Room ada = network.join("Ada", b -> b.types(types));
            Room bob = network.join("Bob", b -> b.types(types));
            ada.sessionData().put("k", value);
            ada.flush(Duration.ofSeconds(10));
            return bob.sessionData().get("k").orElse(null);
        }
    }
}
