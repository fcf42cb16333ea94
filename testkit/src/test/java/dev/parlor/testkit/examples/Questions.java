package dev.parlor.testkit.examples;

import dev.parlor.Room;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The part of two apps that asks questions. Both work as long as nobody asks at the same moment as somebody else. */
interface Questions {
    /** Asks one. */
    void ask(String question);

    /** All that were asked. */
    List<String> all();

    /** Keeps a list under one key: of two who ask at once the last writer wins, and the other's question is gone. */
    record InAList(Room room) implements Questions {
        @Override
        public void ask(String question) {
            List<String> questions = new ArrayList<>(all());
            questions.add(question);
            room.sessionData().put("questions", questions);
        }

        @Override
        @SuppressWarnings("unchecked")
        public List<String> all() {
            return (List<String>) room.sessionData().get("questions", List.class).orElse(List.of());
        }
    }

    /** Keeps each question under a key of its own: nobody writes what somebody else writes. */
    record EachItsOwn(Room room) implements Questions {
        @Override
        public void ask(String question) {
            room.sessionData().put("question/" + UUID.randomUUID(), question);
        }

        @Override
        public List<String> all() {
            return room.sessionData().snapshot().entrySet().stream().filter(each -> each.getKey().startsWith("question/"))
                    .map(each -> (String) each.getValue()).toList();
        }
    }
}
