package dev.parlor.testkit.values;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Whether what arrived is what was sent: equal, and of the same class unless it is a container; arrays and queues by content. */
final class Same {
    private Same() {}

    static boolean same(Object sent, Object arrived) {
        if (sent == null || arrived == null) {
            return sent == arrived;
        } else if (sent.getClass().isArray()) {
            return sent.getClass() == arrived.getClass() && sameElements(elements(sent), elements(arrived));
        } else if (sent instanceof Set<?> set) {
            return arrived instanceof Set<?> other && set.size() == other.size() && other.containsAll(set);
        } else if (sent instanceof Map<?, ?> map) {
            return arrived instanceof Map<?, ?> other && map.size() == other.size()
                    && map.entrySet().stream().allMatch(e -> other.containsKey(e.getKey())
                    && same(e.getValue(), other.get(e.getKey())));
        } else if (sent instanceof Collection<?> list) {
            return arrived instanceof List<?> other && sameElements(new ArrayList<>(list), other);
        } else if (sent instanceof Map.Entry<?, ?> entry) {
            return entry.equals(arrived);
        } else if (sent instanceof JdkValuesTest.Box box) {
            return arrived instanceof JdkValuesTest.Box other && same(box.value(), other.value());
        }
        return Objects.equals(sent, arrived) && sent.getClass() == arrived.getClass();
    }

    private static boolean sameElements(List<?> sent, List<?> arrived) {
        if (sent.size() != arrived.size()) {
            return false;
        }
        for (int i = 0; i < sent.size(); i++) {
            if (!same(sent.get(i), arrived.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static List<Object> elements(Object array) {
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) {
            elements.add(Array.get(array, i));
        }
        return elements;
    }
}
