package dev.parlor.internal.value.shape;

import java.io.Externalizable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a class is made of, its superclasses included but for those of the JDK. */
public final class Fields {
    /** Superclasses of the JDK whose fields are only views and counts of what a subclass holds. */
    private static final Set<String> WITHOUT_CONTENT = Set.of("java.util.AbstractList", "java.util.AbstractMap");
    /** Methods by which a class writes or reads itself in Java serialization, instead of by its fields. */
    private static final Set<String> HOOKS = Set.of("writeObject", "readObject", "writeReplace");

    private Fields() {}

    public static boolean isOfTheJdk(Class<?> type) {
        String module = type.getModule().getName();
        return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
    }

    /** Its name in source code. {@link Class#getSimpleName} fails where a class was loaded without the one around it. */
    public static String simpleName(Class<?> type) {
        String name = type.getTypeName();
        int end = name.length();
        while (end > 0 && name.charAt(end - 1) == '$') {
            // A part of the name, as of Scala's objects.
            end--;
        }
        return name.substring(Math.max(name.lastIndexOf('.', end - 1), name.lastIndexOf('$', end - 1)) + 1)
                .replaceFirst("^[0-9]+(?=[^0-9])", "");
    }

    public static boolean isAnonymous(Class<?> type) {
        return simpleName(type).matches("[0-9]*");
    }

    /** Whether it is declared in another class and not static, as far as its class can be asked. */
    public static boolean isNonStaticMember(Class<?> type) {
        try {
            return type.isMemberClass() && !Modifier.isStatic(type.getModifiers());
        } catch (LinkageError e) {
            // It was loaded without the class around it.
            return false;
        }
    }

    /** The fields of its objects that are shared: all but transient ones. */
    public static List<Field> shared(Class<?> type) {
        return ofObjects(type).stream().filter(each -> !Modifier.isTransient(each.getModifiers())).toList();
    }

    /** All fields of its objects, those of the class itself first. */
    public static List<Field> ofObjects(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> each = type; each != null && !isOfTheJdk(each); each = each.getSuperclass()) {
            Arrays.stream(each.getDeclaredFields()).filter(field -> !Modifier.isStatic(field.getModifiers())
                    && !field.isSynthetic()).forEach(fields::add);
        }
        return fields;
    }

    /** The nearest superclass of the JDK that holds a part of the content where nobody else reaches it, or null. */
    public static @Nullable Class<?> superclassWithContent(Class<?> type) {
        for (Class<?> each = type.getSuperclass(); each != null; each = each.getSuperclass()) {
            if (isOfTheJdk(each) && !WITHOUT_CONTENT.contains(each.getName())
                    && Arrays.stream(each.getDeclaredFields()).anyMatch(field -> !Modifier.isStatic(field.getModifiers()))) {
                return each;
            }
        }
        return null;
    }

    /** Whether it, or a class that it extends, takes its writing or reading in its own hands. */
    public static boolean writesItself(Class<?> type) {
        for (Class<?> each = type; each != null && !isOfTheJdk(each); each = each.getSuperclass()) {
            if (Arrays.stream(each.getDeclaredMethods()).anyMatch(method -> HOOKS.contains(method.getName())
                    && !Modifier.isStatic(method.getModifiers()))) {
                return true;
            }
        }
        return Externalizable.class.isAssignableFrom(type);
    }

    /** The method that gives the object which stands for the one that was read, or null. */
    public static @Nullable Method readResolve(Class<?> type) {
        for (Class<?> each = type; each != null && !isOfTheJdk(each); each = each.getSuperclass()) {
            try {
                Method method = each.getDeclaredMethod("readResolve");
                boolean inherited = each == type || !Modifier.isPrivate(method.getModifiers());
                if (inherited && !Modifier.isStatic(method.getModifiers()) && !method.getReturnType().isPrimitive()
                        && method.getReturnType() != void.class) {
                    return method;
                }
            } catch (NoSuchMethodException e) {
                // One of its superclasses may have it.
                continue;
            }
        }
        return null;
    }

    /** Which loader a class is of, for messages about classes of one name. */
    public static String loaderOf(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return "of the class loader " + (loader == null ? "of the JDK" : loader);
    }

    /** FNV-1a (Fowler, Noll, Vo): part of the protocol, never to be changed. */
    public static int hash(String name) {
        int hash = 0x811C9DC5;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * 0x01000193;
        }
        return hash;
    }
}
