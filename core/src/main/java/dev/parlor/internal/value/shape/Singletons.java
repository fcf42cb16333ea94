package dev.parlor.internal.value.shape;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Classes whose objects are told apart by which object it is: singletons, and constants as they were made before there were
 * enums. Only private constructors make them, so that a copy is one that its class has never made.
 */
public final class Singletons {
    /** The name that Kotlin gives the constant, and most people, in capitals or not. */
    private static final String USUAL_NAME = "INSTANCE";

    private Singletons() {}

    /** Whether a class has one object, in a constant, that can arrive as such: nothing of it can change. */
    static boolean isOne(Class<?> type) {
        if (!isMadeByItselfAlone(type) || !hasOneConstructorWithoutParameters(type)) {
            return false;
        }
        List<Field> constants = ofItself(type);
        if (constants.size() != 1 || !Modifier.isFinal(constants.get(0).getModifiers())) {
            return false;
        }
        List<Field> fields = Fields.ofObjects(type);
        return fields.isEmpty()
                || constants.get(0).getName().equals(USUAL_NAME) && fields.stream().allMatch(Singletons::cannotChange);
    }

    /** The constant of a class of which {@link #isOne} is true. */
    static Field fieldOf(Class<?> type) {
        return ofItself(type).get(0);
    }

    /** Why a class cannot be shared whose objects would arrive as others, and what to do instead; or null. */
    public static @Nullable String refusal(Class<?> type) {
        if (!isMadeByItselfAlone(type) || isOne(type) || Fields.readResolve(type) != null) {
            return null;
        }
        List<Field> own = ofItself(type);
        boolean hasFields = !Fields.ofObjects(type).isEmpty();
        if (hasFields && own.size() == 1 && hasOneConstructorWithoutParameters(type)
                && (own.get(0).getName().equalsIgnoreCase(USUAL_NAME) || !hasEquals(type))) {
            return "it has one object, in " + own.get(0).getName() + ", whose fields can change, and there is one in every program "
                    + "already: share a record with what the fields hold";
        }
        boolean constants = own.stream().filter(each -> Modifier.isFinal(each.getModifiers())).count() > 1;
        return (constants || !hasFields) && !hasEquals(type) ? "only it can make objects of it, which are equal only to themselves, "
                + "so that others would arrive: make it an enum, or a record, or give it a readResolve() that returns the object "
                + "that is meant" : null;
    }

    private static boolean cannotChange(Field field) {
        Class<?> type = field.getType();
        return Modifier.isFinal(field.getModifiers()) && (type.isPrimitive() || type == String.class || type.isEnum()
                || type.isRecord() || Number.class.isAssignableFrom(type));
    }

    private static boolean isMadeByItselfAlone(Class<?> type) {
        return !type.isRecord() && constructors(type).stream().allMatch(each -> Modifier.isPrivate(each.getModifiers()));
    }

    private static boolean hasOneConstructorWithoutParameters(Class<?> type) {
        List<Constructor<?>> constructors = constructors(type);
        return constructors.size() == 1 && constructors.get(0).getParameterCount() == 0;
    }

    /** Those of its source code. */
    private static List<Constructor<?>> constructors(Class<?> type) {
        return Arrays.stream(type.getDeclaredConstructors()).<Constructor<?>>map(each -> each)
                .filter(each -> !each.isSynthetic()).toList();
    }

    /** Its static fields of its own type. */
    private static List<Field> ofItself(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields())
                .filter(each -> each.getType() == type && Modifier.isStatic(each.getModifiers())).toList();
    }

    private static boolean hasEquals(Class<?> type) {
        try {
            return type.getMethod("equals", Object.class).getDeclaringClass() != Object.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every class has it", e);
        }
    }
}
