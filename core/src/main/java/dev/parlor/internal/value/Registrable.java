package dev.parlor.internal.value;

import dev.parlor.InvalidArgumentException;
import dev.parlor.internal.value.jdk.Instead;
import dev.parlor.internal.value.jdk.JdkTypes;
import dev.parlor.internal.value.shape.Fields;
import dev.parlor.internal.value.shape.Singletons;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which classes can be registered: those whose objects arrive whole. What is refused says what to do instead. */
final class Registrable {
    private Registrable() {}

    /**
     * Looks at a class that neither is an array nor travels already.
     *
     * @throws InvalidArgumentException if its objects would not arrive as they were
     */
    static void require(Class<?> type) {
        String refusal = refusal(type);
        if (refusal != null) {
            throw new InvalidArgumentException(type.getName() + " cannot be registered: " + refusal);
        }
    }

    /** Why objects of a class cannot be shared and what to do instead, or null if they can. */
    static @Nullable String refusal(Class<?> type) {
        try {
            String refusal = ofItsKind(type);
            return refusal != null || type.isEnum() || type.isRecord() ? refusal : ofItsContent(type);
        } catch (LinkageError e) {
            return "it needs a class that is not there (" + e + "): put that on the class path, or on the module path";
        }
    }

    private static @Nullable String ofItsKind(Class<?> type) {
        if (type == void.class || type == Void.class || type.isAnnotation()) {
            return "it has no objects that could be shared";
        } else if (Proxy.isProxyClass(type) || type.isHidden()) {
            return "it is made while the program runs, as lambdas and proxies are, and is another class in every program: "
                    + "share data, such as a record, and not what is done with it";
        } else if (type.isEnum()) {
            return null;
        } else if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
            return ofSomethingAbstract(type);
        } else if (Fields.isOfTheJdk(type)) {
            return "Parlor does not reach into classes of the JDK: " + Instead.of(type);
        } else if (Fields.isAnonymous(type)) {
            return "it is an anonymous class, and has a name that changes with the program: give it one, as a record or a "
                    + "static nested class";
        } else if (isInner(type)) {
            return "it is an inner class, whose objects hold what is around them, and that is not shared: make it a static "
                    + "nested class or a record";
        }
        return null;
    }

    private static String ofSomethingAbstract(Class<?> type) {
        if (JdkTypes.generalOf(type) != null) {
            return "it is abstract, and the content of lists, sets and maps travels without being registered: leave it out";
        }
        List<String> permitted = permitted(type).map(each -> Fields.simpleName(each) + ".class").distinct().toList();
        return "it is " + (type.isInterface() ? "an interface" : "abstract") + ": register the records, enums and classes whose "
                + "objects are shared" + (permitted.isEmpty() ? "" : ", .types(" + String.join(", ", permitted) + ")");
    }

    /** Of a sealed type the classes below it of which there are objects. */
    private static Stream<Class<?>> permitted(Class<?> type) {
        if (type.isEnum() || !type.isSealed()) {
            // An enum is sealed if its constants have classes of their own.
            return Stream.empty();
        }
        return Arrays.stream(type.getPermittedSubclasses()).flatMap(each -> Stream.concat(
                each.isEnum() || !Modifier.isAbstract(each.getModifiers()) ? Stream.of(each) : Stream.empty(), permitted(each)));
    }

    private static boolean isInner(Class<?> type) {
        // A local class is one only if it uses what is around it.
        return Fields.isNonStaticMember(type) || Arrays.stream(type.getDeclaredFields())
                .anyMatch(field -> field.isSynthetic() && !Modifier.isStatic(field.getModifiers()));
    }

    private static @Nullable String ofItsContent(Class<?> type) {
        Class<?> above = Fields.superclassWithContent(type);
        if (above != null) {
            return "it extends " + above.getName() + ", and what that holds is out of Parlor's reach: "
                    + (isContainer(type) ? insteadOfContainer(type)
                    : Throwable.class.isAssignableFrom(type) ? "share a record with its message and what else is to be known of it"
                    : "make it a record or a class with a field that holds the " + Fields.simpleName(above));
        }
        if (type.getSuperclass() != Object.class && isInnerAbove(type)) {
            return "it extends an inner class, whose objects hold what is around them, and that is not shared: make that one "
                    + "static";
        }
        String singleton = Singletons.refusal(type);
        return singleton != null ? singleton : ofItsTransientFields(type);
    }

    private static boolean isInnerAbove(Class<?> type) {
        for (Class<?> each = type.getSuperclass(); each != null && !Fields.isOfTheJdk(each); each = each.getSuperclass()) {
            if (isInner(each)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String ofItsTransientFields(Class<?> type) {
        int all = Fields.ofObjects(type).size();
        int shared = Fields.shared(type).size();
        if (all > 0 && shared == 0 && Fields.readResolve(type) == null) {
            return "all its fields are transient, so its objects would arrive empty: remove \"transient\" where a field is to "
                    + "be shared";
        } else if (all > shared && Fields.writesItself(type)) {
            return "it has transient fields and methods of Java serialization that care for them (writeObject, readObject, "
                    + "writeReplace or Externalizable), which Parlor does not call: remove \"transient\" where a field is to "
                    + "be shared, or share a record with the same content";
        }
        return null;
    }

    static boolean isContainer(Class<?> type) {
        return Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
    }

    private static String insteadOfContainer(Class<?> type) {
        Class<?> general = JdkTypes.generalOf(type);
        return general == null ? "make it a record or a class with a field that is a List, a Set or a Map"
                : "leave it out, and what it contains travels as any " + general.getSimpleName() + " does; or make it a record or "
                + "a class with a field that is a " + general.getSimpleName();
    }
}
