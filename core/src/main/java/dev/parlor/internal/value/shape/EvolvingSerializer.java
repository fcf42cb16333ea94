package dev.parlor.internal.value.shape;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.Util;
import dev.parlor.internal.value.container.Arrivals;
import dev.parlor.internal.value.io.Unreadable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records and classes by the names of their fields, each with its length, so that a reader skips what it lacks and sets
 * to null or zero what the writer lacked. Every object stands for itself: what is skipped takes nothing with it that a
 * later object needs. Immutable and thread-safe. Kryo's own serializers do not serve: that for records knows only the order of components; the
 * compatible one writes a class's fields once for many objects, and stores what it reads without looking at the type.
 */
public final class EvolvingSerializer extends Serializer<Object> {
    /** More of what does not fit is not shown. */
    private static final int MAX_SHOWN_CHARS = 40;
    private static final int MAX_SHOWN_BITS = 256;

    private final Shape shape;
    private final int[] nameHashes;
    private final @Nullable Object[] absent;
    /** The types of the fields, of primitives their boxes. */
    private final Class<?>[] boxed;
    /** Of which fields see {@link Arrivals#mayMiss}. */
    private final boolean[] mayMiss;
    private final Map<Integer, Integer> indexOfName = new HashMap<>();
    private final Map<Integer, String> ambiguous = new HashMap<>();

    public EvolvingSerializer(Shape shape) {
        this.shape = shape;
        this.nameHashes = new int[shape.size()];
        this.absent = shape.absent();
        this.boxed = new Class<?>[shape.size()];
        this.mayMiss = new boolean[shape.size()];
        for (int i = 0; i < shape.size(); i++) {
            boxed[i] = Util.getWrapperClass(shape.fieldType(i));
            mayMiss[i] = Arrivals.mayMiss(boxed[i]);
            nameHashes[i] = shape.nameHash(i);
            indexOfName.put(nameHashes[i], i);
        }
        shape.ambiguous().forEach(each -> ambiguous.put(Fields.hash(each), each));
    }

    @Override
    public void write(Kryo kryo, Output out, Object value) {
        shape.requireShareable(value);
        out.writeVarInt(shape.size(), true);
        for (int i = 0; i < shape.size(); i++) {
            Object content = shape.get(value, i);
            if (mayMiss[i]) {
                Arrivals.require(kryo, boxed[i], content);
            }
            out.writeInt(nameHashes[i]);
            int lengthAt = out.position();
            out.writeInt(0);
            kryo.writeClassAndObject(out, content);
            int end = out.position();
            out.setPosition(lengthAt);
            out.writeInt(end - lengthAt - Integer.BYTES);
            out.setPosition(end);
        }
    }

    @Override
    public Object read(Kryo kryo, Input in, Class<?> ignored) {
        @Nullable Object[] values = absent.clone();
        int count = in.readVarInt(true);
        for (int i = 0; i < count; i++) {
            int name = in.readInt();
            int length = in.readInt();
            int end = in.position() + length;
            if (length < 1 || end < 0 || end > in.limit()) {
                throw new KryoException("a field of " + length + " bytes in " + shape.type().getName());
            }
            Integer index = indexOfName.get(name);
            if (index != null) {
                values[index] = fit(kryo.readClassAndObject(in), index);
            } else if (ambiguous.containsKey(name)) {
                throw new Unreadable("the field " + ambiguous.get(name) + " of " + shape.type().getName() + " was sent, and here both the "
                        + "class and one that it extends have a field of that name", "", "rename one of the two", null);
            }
            if (in.position() > end) {
                throw new KryoException("a field of " + shape.type().getName() + " is longer than it says");
            }
            in.setPosition(end);
        }
        return shape.make(values);
    }

    /**
     * A value if it fits the field here. A number becomes one of the field's class if it is the same number there; whatever
     * else does not fit makes the whole value unreadable, as it would be another one without a word.
     */
    private @Nullable Object fit(@Nullable Object value, int i) {
        Class<?> wanted = boxed[i];
        if (wanted.isInstance(value)) {
            return value;
        } else if (value == null && absent[i] == null) {
            return null;
        }
        Object fitting = value instanceof Number number ? Lossless.convert(number, wanted) : null;
        if (fitting == null) {
            throw misfit(value, i);
        }
        return fitting;
    }

    private Unreadable misfit(@Nullable Object value, int i) {
        String field = "the field " + shape.name(i) + " of " + shape.type().getName() + " is "
                + shape.fieldType(i).getTypeName() + " here";
        if (value == null) {
            return new Unreadable(field + ", but null was sent", "", "declare it as " + boxed[i].getSimpleName(), null);
        }
        Class<?> sent = value.getClass();
        if (sent.getName().equals(boxed[i].getName())) {
            return new Unreadable(field + ", " + Fields.loaderOf(boxed[i]) + ", but the registered class of that name is "
                    + Fields.loaderOf(sent), "", "register classes that were loaded together", null);
        }
        return new Unreadable(field + ", but a " + sent.getTypeName() + " was sent that it cannot hold", described(value),
                "declare the field as in the programs that write it, or of a type that holds both", null);
    }

    /** Of numbers and texts, which are short: what they are. */
    private static String described(Object value) {
        if (value instanceof BigInteger big && big.bitLength() > MAX_SHOWN_BITS) {
            return ": a number of " + big.bitLength() + " bits";
        } else if (value instanceof BigDecimal big && big.unscaledValue().bitLength() > MAX_SHOWN_BITS) {
            return ": a number of " + big.unscaledValue().bitLength() + " bits";
        } else if (value instanceof Number || value instanceof Boolean || value instanceof Enum<?>) {
            return ": " + value;
        } else if (value instanceof CharSequence text) {
            return ": \"" + (text.length() <= MAX_SHOWN_CHARS ? text : text.subSequence(0, MAX_SHOWN_CHARS) + "…") + '"';
        }
        return "";
    }

    @Override
    public String toString() {
        return shape.type().getName() + Arrays.toString(indexOfName.keySet().toArray());
    }
}
