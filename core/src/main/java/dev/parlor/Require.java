package dev.parlor;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Arguments that must be there: for each kind of them what to pass in place of null. */
final class Require {
    private Require() {}

    /**
     * An argument that must not be null.
     *
     * @param what which argument, such as {@code "the id"}
     * @param instead what to pass, such as {@code "take one from participant.id()"}
     */
    static <T> T present(@Nullable T value, String what, String instead) {
        if (value == null) {
            throw new InvalidArgumentException(what + " must not be null: " + instead);
        }
        return value;
    }

    static <T> Class<T> type(@Nullable Class<T> type) {
        return present(type, "the class", "pass one such as String.class");
    }

    static <K> K typedKey(@Nullable K key) {
        return present(key, "the key", "make one with Key.of(\"poll\", Poll.class)");
    }

    static String key(@Nullable String key) {
        return present(key, "the key", "pass a text such as \"poll\"");
    }

    static <T> T participant(@Nullable T participant) {
        return present(participant, "the participant", "take one from room.participants()");
    }

    static <T> T id(@Nullable T id) {
        return present(id, "the id", "take one from participant.id()");
    }

    static <T> T author(@Nullable T author) {
        return present(author, "the author", "make one with new Author(id, name)");
    }

    static <T> Optional<T> optional(@Nullable Optional<T> value, String what) {
        return present(value, what, "pass Optional.empty() for none");
    }

    static String message(@Nullable String message) {
        return present(message, "the message", "say what happened and what to do");
    }

    static <R extends Enum<R>> R reason(@Nullable R reason) {
        return present(reason, "the reason", "pass one of the enum Reason");
    }

    /** A copy of a list without nulls. */
    static <T> List<T> list(@Nullable List<T> list, String what) {
        List<T> there = present(list, what, "pass an empty list for none");
        there.forEach(each -> present(each, "what is in the list of " + what, "leave it out"));
        return List.copyOf(there);
    }

    /** A copy of a set without nulls. */
    static <T> Set<T> set(@Nullable Set<T> set, String what) {
        Set<T> there = present(set, what, "pass an empty set for none");
        there.forEach(each -> present(each, "what is in the set of " + what, "leave it out"));
        return Set.copyOf(there);
    }

    /** A map without nulls. */
    static <K, V> Map<K, V> map(@Nullable Map<K, V> map, String what) {
        Map<K, V> there = present(map, what, "pass an empty map for none");
        there.forEach((key, value) -> {
            present(key, "a key in the map of " + what, "leave it out");
            present(value, "a value in the map of " + what, "leave its key out");
        });
        return there;
    }
}
