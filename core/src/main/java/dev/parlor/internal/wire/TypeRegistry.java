package dev.parlor.internal.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.serializers.EnumNameSerializer;
import com.esotericsoftware.kryo.util.DefaultClassResolver;
import com.esotericsoftware.kryo.util.DefaultInstantiatorStrategy;
import dev.parlor.InvalidArgumentException;
import dev.parlor.UnregisteredTypeException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.objenesis.strategy.StdInstantiatorStrategy;

/**
 * The classes whose objects may travel, each under a number that is the same in every program: a fixed one for those of
 * the JDK, the application's own, or a hash of the class name. Never the order of registration, which differs between
 * programs. Immutable and thread-safe.
 */
public final class TypeRegistry {
    /** How deep objects may be nested. Deeper is most often a cycle; reading it would overflow the stack. */
    public static final int MAX_DEPTH = 64;
    /** Numbers of JDK classes lie below; an application's number is added to this. */
    private static final int FIRST_EXPLICIT = 1 << 10;
    private static final int MAX_EXPLICIT = 65_535;
    /** Numbers made from names have this bit, so that they never meet the others. */
    private static final int HASHED = 1 << 29;

    /** From this version on the JDK warns on standard error of the class by which Kryo would reach into memory. */
    private static final int JDK_THAT_WARNS_OF_UNSAFE = 24;

    static {
        if (Runtime.version().feature() >= JDK_THAT_WARNS_OF_UNSAFE && System.getProperty("kryo.unsafe") == null) {
            System.setProperty("kryo.unsafe", "false");
        }
    }

    private final Map<Class<?>, Integer> numbers;

    /** A registry with the JDK's usual value classes and those of an application. */
    private TypeRegistry(Map<Class<?>, Integer> numbers) {
        this.numbers = numbers;
    }

    /** A registry. */
    public static TypeRegistry of(Collection<Class<?>> hashed, Map<Class<?>, Integer> explicit) {
        Map<Class<?>, Integer> numbers = new LinkedHashMap<>();
        Map<Integer, Class<?>> taken = new LinkedHashMap<>();
        explicit.forEach((type, id) -> add(numbers, taken, type, explicitNumber(type, id)));
        for (Class<?> type : hashed) {
            if (!numbers.containsKey(type) && !JdkTypes.contains(type)) {
                add(numbers, taken, type, HASHED | (hash(type.getName()) & (HASHED - 1)));
            }
        }
        // What cannot be registered is found out here, and the Kryo is made by who needs it first.
        numbers.keySet().forEach(TypeRegistry::serializerOf);
        return new TypeRegistry(numbers);
    }

    private static void add(Map<Class<?>, Integer> numbers, Map<Integer, Class<?>> taken, Class<?> type, int number) {
        Class<?> other = taken.putIfAbsent(number, type);
        if (other != null) {
            throw new InvalidArgumentException(type.getName() + " and " + other.getName() + " have the same number on "
                    + "the wire: give one of them another with .type(1, " + type.getSimpleName() + ".class)");
        }
        numbers.put(type, number);
    }

    private static int explicitNumber(Class<?> type, int id) {
        if (id < 1 || id > MAX_EXPLICIT) {
            throw new InvalidArgumentException("the number of " + type.getName() + " must be 1 to " + MAX_EXPLICIT
                    + ", got " + id);
        }
        return FIRST_EXPLICIT + id;
    }

    /** FNV-1a (Fowler, Noll, Vo): part of the protocol, never to be changed. */
    static int hash(String name) {
        int hash = 0x811C9DC5;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * 0x01000193;
        }
        return hash;
    }

    /** A Kryo that knows these classes and no other. Not thread-safe. */
    Kryo newKryo() {
        Kryo kryo = new ParlorKryo();
        kryo.setRegistrationRequired(true);
        kryo.setReferences(false);
        kryo.setMaxDepth(MAX_DEPTH);
        kryo.setInstantiatorStrategy(new DefaultInstantiatorStrategy(new StdInstantiatorStrategy()));
        JdkTypes.register(kryo);
        numbers.forEach((type, number) -> kryo.register(new Registration(type, serializerOf(type), number)));
        return kryo;
    }

    private static Serializer<?> serializerOf(Class<?> type) {
        if (type.isInterface() || type.isAnnotation() || type.isPrimitive() || type == Object.class) {
            throw new InvalidArgumentException(type.getName() + " cannot be registered: register the records, enums and "
                    + "classes whose objects are shared");
        }
        if (type.isEnum()) {
            return new EnumNameSerializer(type.asSubclass(Enum.class));
        }
        return type.isArray() ? new ArraySerializer(type) : new EvolvingSerializer(Shape.of(type));
    }

    /** Kryo with lists, sets and maps of any class written as lists, sets and maps, and errors with a name. */
    private static final class ParlorKryo extends Kryo {
        ParlorKryo() {
            super(new NumbersOnly(), null);
        }

        @Override
        @SuppressWarnings("rawtypes") // as Kryo declares it
        public Registration getRegistration(Class type) {
            Registration known = getClassResolver().getRegistration(type);
            if (known != null) {
                return known;
            }
            Class<?> general = JdkTypes.generalOf(type);
            if (general != null) {
                return getClassResolver().getRegistration(general);
            }
            if (type.getSuperclass() != null && type.getSuperclass().isEnum()) {
                return getRegistration(type.getSuperclass());
            }
            throw new UnregisteredTypeException(type.getName());
        }
    }

    /** Classes by their numbers alone: by name, bytes could load any class. */
    private static final class NumbersOnly extends DefaultClassResolver {
        @Override
        protected Registration readName(Input in) {
            throw new KryoException("a class by its name, which nobody sends");
        }
    }
}
