package dev.parlor.internal.value.shape;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Numbers of one class as those of another, if nothing of them is lost: converted back they are the same number. */
final class Lossless {
    /** Longer numbers are not converted: their digits would take time that grows with the square of their length. */
    private static final int MAX_BITS = 4096;
    private static final int MAX_SCALE = 4096;

    private Lossless() {}

    /**
     * A number as one of another class.
     *
     * @param wanted the class, not that of a primitive
     * @return the number, or null if that class cannot hold it, or is none of a number
     */
    static @Nullable Number convert(Number value, Class<?> wanted) {
        if (value instanceof Float || value instanceof Double) {
            if (wanted == Double.class || wanted == Float.class) {
                return betweenFloats(value, wanted);
            }
            double number = value.doubleValue();
            // The zero below zero is one of these classes alone.
            return !Double.isFinite(number) || number == 0 && 1 / number < 0 ? null : ofDecimal(decimal(value), wanted);
        } else if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ofLong(value.longValue(), wanted);
        } else if (value instanceof BigInteger whole && whole.bitLength() <= MAX_BITS) {
            return ofDecimal(new BigDecimal(whole), wanted);
        } else if (value instanceof BigDecimal decimal && decimal.unscaledValue().bitLength() <= MAX_BITS
                && decimal.scale() >= -MAX_SCALE && decimal.scale() <= MAX_SCALE) {
            return ofDecimal(decimal, wanted);
        }
        return null;
    }

    private static @Nullable Number betweenFloats(Number value, Class<?> wanted) {
        if (wanted == Double.class) {
            return value.doubleValue();
        }
        return Double.compare(value.floatValue(), value.doubleValue()) == 0 ? value.floatValue() : null;
    }

    private static @Nullable Number ofLong(long value, Class<?> wanted) {
        if (wanted == Long.class) {
            return value;
        } else if (wanted == Integer.class) {
            return value == (int) value ? (int) value : null;
        } else if (wanted == Short.class) {
            return value == (short) value ? (short) value : null;
        } else if (wanted == Byte.class) {
            return value == (byte) value ? (byte) value : null;
        }
        return ofDecimal(BigDecimal.valueOf(value), wanted);
    }

    private static @Nullable Number ofDecimal(BigDecimal value, Class<?> wanted) {
        if (wanted == BigDecimal.class) {
            return value;
        } else if (wanted == Double.class) {
            return sameAs(value, value.doubleValue());
        } else if (wanted == Float.class) {
            return sameAs(value, value.floatValue());
        }
        BigInteger whole;
        try {
            whole = value.toBigIntegerExact();
        } catch (ArithmeticException e) {
            return null;
        }
        if (wanted == BigInteger.class) {
            return whole;
        }
        boolean known = wanted == Long.class || wanted == Integer.class || wanted == Short.class || wanted == Byte.class;
        return known && whole.bitLength() < Long.SIZE ? ofLong(whole.longValue(), wanted) : null;
    }

    /** A double or float if it is that decimal, either by its exact value or as it is printed: 0.1 is 0.1. */
    private static @Nullable Number sameAs(BigDecimal value, Number number) {
        boolean same = Double.isFinite(number.doubleValue()) && (decimal(number).compareTo(value) == 0
                || new BigDecimal(number.doubleValue()).compareTo(value) == 0);
        return same ? number : null;
    }

    /** A finite double or float as a decimal: whole ones exactly, others as they are printed. */
    private static BigDecimal decimal(Number number) {
        double value = number.doubleValue();
        return value == Math.rint(value) ? new BigDecimal(value) : new BigDecimal(number.toString());
    }
}
