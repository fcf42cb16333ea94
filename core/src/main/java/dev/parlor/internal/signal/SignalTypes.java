package dev.parlor.internal.signal;

import dev.parlor.InvalidArgumentException;
import dev.parlor.internal.wire.Frame.Signal;
import java.util.HashMap;
import java.util.Map;

/** Numbers the types of signals in the order in which they are first sent here. Guarded by the monitor of {@link SignalSender}. */
final class SignalTypes {
    private final Map<Object, Integer> numbers = new HashMap<>();

    /**
     * The number of a type.
     *
     * @throws InvalidArgumentException if it is one type too many
     */
    int numberOf(Object type) {
        Integer known = numbers.get(type);
        if (known != null) {
            return known;
        }
        if (numbers.size() >= Signal.MAX_TYPES) {
            throw new InvalidArgumentException("signals of " + Signal.MAX_TYPES + " classes have been sent in this room, and there is no place "
                    + "for those of one more: send what moves as one class with a field that says what it is");
        }
        int number = numbers.size();
        numbers.put(type, number);
        return number;
    }

    /**
     * What tells the types of payloads apart: the class under whose number it travels, so that what arrives as one class is of one
     * type. All arrays travel under one number, and are told apart by their own class.
     */
    static Object of(Object payload, byte[] encoded) {
        Class<?> type = payload.getClass();
        return type.isArray() ? type : (Object) firstNumber(encoded);
    }

    /** Seven bits a byte, the lowest first, bit 80 in all but the last: how the number of its class begins each value. */
    private static int firstNumber(byte[] encoded) {
        int number = 0;
        int shift = 0;
        for (byte each : encoded) {
            number |= (each & 0x7F) << shift;
            shift += 7;
            if (each >= 0 || shift >= Integer.SIZE) {
                break;
            }
        }
        return number;
    }
}
