package dev.parlor.internal.value;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.util.DefaultInstantiatorStrategy;
import com.esotericsoftware.kryo.util.Util;
import dev.parlor.InvalidArgumentException;
import dev.parlor.internal.value.container.AnyArraySerializer;
import dev.parlor.internal.value.jdk.EnumNameSerializer;
import dev.parlor.internal.value.jdk.JdkTypes;
import dev.parlor.internal.value.shape.EvolvingSerializer;
import dev.parlor.internal.value.shape.Fields;
import dev.parlor.internal.value.shape.Shape;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objenesis.strategy.StdInstantiatorStrategy;

/**
 * The classes whose objects may travel, each under a number that is the same in every program: a fixed one for those of
 * the JDK, the application's own, or a hash of the class name. Never the order of registration, which differs between
 * programs. Arrays travel when what they are of does. Immutable and thread-safe.
 */
public final class TypeRegistry {
    /** How deep objects may be nested. Deeper is most often a cycle; reading it would overflow the stack. */
    public static final int MAX_DEPTH = 64;
    /** Numbers of JDK classes lie below; an application's number, which is at least 1, is added to this. */
    static final int FIRST_EXPLICIT = 1 << 10;
    /** All arrays but those of primitives have this number, see {@link AnyArraySerializer}. */
    static final int ARRAYS = FIRST_EXPLICIT;
    private static final int MAX_EXPLICIT = 65_535;
    /** Numbers made from names have this bit, so that they never meet the others. */
    static final int HASHED = 1 << 29;

    /** From this version on the JDK warns on standard error of the class by which Kryo would reach into memory. */
    private static final int JDK_THAT_WARNS_OF_UNSAFE = 24;

    static {
        if (Runtime.version().feature() >= JDK_THAT_WARNS_OF_UNSAFE && System.getProperty("kryo.unsafe") == null) {
            System.setProperty("kryo.unsafe", "false");
        }
    }

    private final Map<Class<?>, Integer> numbers = new LinkedHashMap<>();
    private final Map<Class<?>, Serializer<?>> serializers = new LinkedHashMap<>();
    private final Map<Integer, Class<?>> typesByNumber = new HashMap<>();
    private final Map<String, Class<?>> typesByName = new HashMap<>();
    /** What is abstract and numbered only since there may be arrays of it. */
    private final Set<Class<?>> elements = new HashSet<>();

    private TypeRegistry() {}

    /**
     * A registry with the JDK's usual value classes and those of an application.
     *
     * @param hashed classes that are told apart by their names
     * @param explicit classes with the numbers that the application gives them
     * @throws InvalidArgumentException if objects of one of them would not arrive as they were, or two cannot be told apart
     */
    public static TypeRegistry of(Collection<Class<?>> hashed, Map<Class<?>, Integer> explicit) {
        TypeRegistry registry = new TypeRegistry();
        explicit.forEach((type, id) -> registry.addNumbered(ofConstant(type), id));
        hashed.forEach(type -> registry.addNamed(ofConstant(type)));
        explicit.keySet().stream().filter(Class::isArray).forEach(registry::addNamed);
        // What cannot be registered is found out here, and the Kryo is made by who needs it first.
        for (Class<?> type : List.copyOf(registry.numbers.keySet())) {
            try {
                registry.addSerializer(type);
            } catch (LinkageError e) {
                throw new InvalidArgumentException(type.getName() + " cannot be registered: " + (e.getCause() != null
                        ? "its static initializer threw " + e.getCause() + ": initialize it so that it succeeds"
                        : "it cannot be loaded whole (" + e + "): put what it needs on the class path, or on the module path"));
            }
        }
        return registry;
    }

    private void addNumbered(Class<?> type, int id) {
        if (id < 1 || id > MAX_EXPLICIT) {
            throw new InvalidArgumentException("the number of " + type.getName() + " must be 1 to " + MAX_EXPLICIT
                    + ", got " + id);
        }
        // Arrays have no number of their own.
        if (!type.isArray() && !travels(type)) {
            Registrable.require(type);
            add(type, FIRST_EXPLICIT + id);
        }
    }

    private void addNamed(Class<?> type) {
        Class<?> element = elementOf(type);
        if (travels(element)) {
            return;
        }
        if (type.isArray() && (numbers.containsKey(element) || nameForArrays(element))) {
            return;
        }
        Registrable.require(element);
        Integer number = numbers.get(element);
        if (number != null && (number & HASHED) == 0) {
            int id = number - FIRST_EXPLICIT;
            throw new InvalidArgumentException(type.getName() + " is registered both by its name and under the number " + id
                    + ": leave it out of .types(…), or remove .type(" + id + ", " + Fields.simpleName(type) + ".class)");
        }
        addHashed(element);
    }

    /** Gives a number to something abstract that arrays may be of; whether it is that. */
    private boolean nameForArrays(Class<?> type) {
        if (JdkTypes.isOnlyOfArrays(type)) {
            return true;
        }
        boolean is = Modifier.isAbstract(type.getModifiers()) && !type.isPrimitive() && !type.isEnum();
        if (is && elements.add(type)) {
            addHashed(type);
        }
        return is;
    }

    private void addHashed(Class<?> type) {
        add(type, HASHED | (Fields.hash(type.getName()) & (HASHED - 1)));
    }

    private void add(Class<?> type, int number) {
        Class<?> namesake = typesByName.putIfAbsent(type.getName(), type);
        if (namesake != null && namesake != type) {
            throw new InvalidArgumentException(type.getName() + " is registered twice, " + Fields.loaderOf(type) + " and "
                    + Fields.loaderOf(namesake) + ": register the one whose objects this program shares, and join the room anew "
                    + "once a class has been loaded anew");
        }
        Class<?> other = typesByNumber.putIfAbsent(number, type);
        if (other != null && other != type) {
            boolean hashed = (number & HASHED) != 0;
            throw new InvalidArgumentException(type.getName() + " and " + other.getName() + " have the same number on "
                    + "the wire: give one of them another, in every program, by .type(" + freeNumber() + ", "
                    + Fields.simpleName(type) + ".class) in place of " + (hashed ? ".types(" + Fields.simpleName(type) + ".class)"
                    : ".type(" + (number - FIRST_EXPLICIT) + ", " + Fields.simpleName(type) + ".class)"));
        }
        numbers.put(type, number);
    }

    private int freeNumber() {
        int free = 1;
        while (typesByNumber.containsKey(FIRST_EXPLICIT + free)) {
            free++;
        }
        return free;
    }

    /** Made once and shared, as they keep nothing of what they read. */
    private void addSerializer(Class<?> type) {
        if (type.isEnum()) {
            @SuppressWarnings("unchecked") // it is an enum
            Class<? extends Enum<?>> constants = (Class<? extends Enum<?>>) type;
            serializers.put(type, new EnumNameSerializer(constants));
        } else if (!elements.contains(type)) {
            Shape shape = shapeOf(type);
            serializers.put(type, new EvolvingSerializer(shape));
            for (int i = 0; i < shape.size(); i++) {
                Class<?> field = shape.fieldType(i);
                if (field.isArray() && !travels(elementOf(field))) {
                    nameForArrays(elementOf(field));
                }
            }
        }
    }

    private Shape shapeOf(Class<?> type) {
        return Shape.of(type, field -> numbers.keySet().stream().anyMatch(field::isAssignableFrom));
    }

    /** Why a class cannot be registered, or null if it can be. */
    @Nullable String refusal(Class<?> type) {
        String refusal = Registrable.refusal(type);
        if (refusal == null && !type.isEnum()) {
            try {
                shapeOf(type);
            } catch (InvalidArgumentException e) {
                return e.getMessage();
            }
        }
        return refusal;
    }

    /** The registered class of a name, or null. */
    @Nullable Class<?> named(String name) {
        return typesByName.get(name);
    }

    /** Refuses a class whose objects never arrive, since those of another class of the same name do. */
    void requireOfTheSameLoader(Class<?> type) {
        Class<?> namesake = typesByName.get(type.getName());
        if (namesake != null && namesake != type) {
            throw new InvalidArgumentException(type.getName() + " " + Fields.loaderOf(type) + " was asked for, but a class of the same "
                    + "name " + Fields.loaderOf(namesake) + " is registered. It was loaded twice, as by a hot reload or a plugin: join "
                    + "the room anew with .types(" + Fields.simpleName(type) + ".class), said where it is asked for");
        }
    }

    /** Refuses a class of which nothing that arrives can be, as a reader would wait for it for ever. */
    void requireArriving(Class<?> type) {
        ReadTypes.requirePossible(type, numbers.keySet());
    }

    /** Whether objects of a class travel without being registered. */
    private static boolean travels(Class<?> type) {
        boolean nothing = type == void.class || type == Void.class;
        return !nothing && (JdkTypes.contains(type) || Util.isWrapperClass(type)
                || Fields.isOfTheJdk(type) && JdkTypes.generalOf(type) != null);
    }

    /** The enum of a constant that has a class of its own, any other class itself. */
    private static Class<?> ofConstant(Class<?> type) {
        return type.getSuperclass() != null && type.getSuperclass().isEnum() ? type.getSuperclass() : type;
    }

    /** What an array is of, through all its dimensions; any other class itself. */
    static Class<?> elementOf(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        return element;
    }

    /** A Kryo that knows these classes and no other. Not thread-safe. */
    ParlorKryo newKryo() {
        ParlorKryo kryo = new ParlorKryo(this);
        kryo.setRegistrationRequired(true);
        kryo.setReferences(false);
        kryo.setMaxDepth(MAX_DEPTH);
        kryo.setInstantiatorStrategy(new DefaultInstantiatorStrategy(new StdInstantiatorStrategy()));
        JdkTypes.register(kryo);
        AnyArraySerializer arrays = new AnyArraySerializer(MAX_DEPTH);
        kryo.register(new Registration(AnyArraySerializer.class, arrays, ARRAYS));
        numbers.forEach((type, number) -> kryo.register(new Registration(type,
                serializers.getOrDefault(type, arrays), number)));
        return kryo;
    }
}
