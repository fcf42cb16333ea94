package dev.parlor;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Arguments that must be there: for each kind of them what to pass in place of null. */
final class Require {
    private Require() {}

    /**
     * An argument that must not be null.
     *
     * @param what which argument, such as {@code "the id"}
     * @param instead what to pass, such as {@code "take one from participant.id()"}
     */
    static <T> T present(T value, String what, String instead) {
        if (value == null) {
            throw new InvalidArgumentException(what + " must not be null: " + instead);
        }
        return value;
    }

    static <T> Class<T> type(Class<T> type) {
        return present(type, "the class", "pass one such as String.class");
    }

    static <T> Key<T> key(Key<T> key) {
        return present(key, "the key", "make one with Key.of(\"poll\", Poll.class)");
    }

    static String key(String key) {
        return present(key, "the key", "pass a text such as \"poll\"");
    }

    static Participant participant(Participant participant) {
        return present(participant, "the participant", "take one from room.participants()");
    }

    static ParticipantId id(ParticipantId id) {
        return present(id, "the id", "take one from participant.id()");
    }

    static Author author(Author author) {
        return present(author, "the author", "make one with new Author(id, name)");
    }

    static <T> Optional<T> optional(Optional<T> value, String what) {
        return present(value, what, "pass Optional.empty() for none");
    }

    static String message(String message) {
        return present(message, "the message", "say what happened and what to do");
    }

    static <R extends Enum<R>> R reason(R reason) {
        return present(reason, "the reason", "pass one of the enum Reason");
    }

    /** A copy of a list without nulls. */
    static <T> List<T> list(List<T> list, String what) {
        present(list, what, "pass an empty list for none");
        list.forEach(each -> present(each, "what is in the list of " + what, "leave it out"));
        return List.copyOf(list);
    }

    /** A map without nulls. */
    static <K, V> Map<K, V> map(Map<K, V> map, String what) {
        present(map, what, "pass an empty map for none");
        map.forEach((key, value) -> {
            present(key, "a key in the map of " + what, "leave it out");
            present(value, "a value in the map of " + what, "leave its key out");
        });
        return map;
    }
}
