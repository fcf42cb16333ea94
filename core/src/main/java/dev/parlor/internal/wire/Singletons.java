package dev.parlor.internal.wire;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;

/**
 * Which classes have one object, held in a constant: a private constructor without parameters, and one static final field
 * of their own type, as Kotlin makes of {@code object}.
 */
final class Singletons {
    /** The name that Kotlin gives the constant, and most people. */
    private static final String USUAL_NAME = "INSTANCE";

    private Singletons() {}

    /** Whether a class has one object that can arrive as such: nothing of it can change. */
    static boolean isOne(Class<?> type) {
        Field constant = fieldOf(type);
        if (constant == null) {
            return false;
        }
        List<Field> fields = Fields.ofObjects(type);
        return fields.isEmpty()
                || constant.getName().equals(USUAL_NAME) && fields.stream().allMatch(Singletons::cannotChange);
    }

    private static boolean cannotChange(Field field) {
        Class<?> type = field.getType();
        return Modifier.isFinal(field.getModifiers()) && (type.isPrimitive() || type == String.class || type.isEnum()
                || type.isRecord() || Number.class.isAssignableFrom(type));
    }

    /** Whether a class has one object, and that has a state which would stay behind. */
    static boolean hasState(Class<?> type) {
        Field constant = fieldOf(type);
        return constant != null && constant.getName().equals(USUAL_NAME) && !isOne(type) && Fields.readResolve(type) == null;
    }

    /** The constant, or null if a class has none or others beside it. */
    static Field fieldOf(Class<?> type) {
        List<Constructor<?>> constructors = Arrays.stream(type.getDeclaredConstructors())
                .filter(each -> !each.isSynthetic()).toList();
        if (type.isRecord() || constructors.size() != 1 || constructors.get(0).getParameterCount() > 0
                || !Modifier.isPrivate(constructors.get(0).getModifiers())) {
            return null;
        }
        List<Field> constants = Arrays.stream(type.getDeclaredFields()).filter(each -> each.getType() == type
                && Modifier.isStatic(each.getModifiers()) && Modifier.isFinal(each.getModifiers())).toList();
        return constants.size() == 1 ? constants.get(0) : null;
    }
}
