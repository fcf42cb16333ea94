package dev.parlor.internal.value.shape;

import com.esotericsoftware.kryo.KryoException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records: read by their accessors, made by their canonical constructor. */
final class RecordShape extends Shape {
    private final List<Method> accessors = new ArrayList<>();
    private final Constructor<?> constructor;

    RecordShape(Class<?> type) {
        super(type);
        RecordComponent[] components = type.getRecordComponents();
        for (RecordComponent component : components) {
            add(component.getName(), component.getType());
            open(component.getAccessor(), type);
            accessors.add(component.getAccessor());
        }
        try {
            constructor = type.getDeclaredConstructor(Arrays.stream(components)
                    .map(RecordComponent::getType).toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every record has its canonical constructor", e);
        }
        open(constructor, type);
    }

    @Override
    @Nullable Object get(Object object, int i) {
        try {
            return accessors.get(i).invoke(object);
        } catch (InvocationTargetException e) {
            throw new KryoException("the accessor " + name(i) + " of " + type().getName() + " threw " + e.getCause(), e);
        } catch (IllegalAccessException e) {
            throw new KryoException(e);
        }
    }

    @Override
    Object make(@Nullable Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw refused("refuses its values", e.getTargetException());
        } catch (ReflectiveOperationException e) {
            throw new KryoException(type().getName() + " cannot be made", e);
        }
    }
}
