package dev.parlor.internal.family;

import dev.parlor.Family;
import dev.parlor.KeyFamily;
import dev.parlor.SessionData;
import dev.parlor.internal.engine.LoneRoom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A family in a room on one thread, and what its listeners have heard. */
abstract class VotesInARoom {
    static final KeyFamily<Integer> VOTES = KeyFamily.of("vote/", Integer.class);

    final LoneRoom lone = new LoneRoom();
    final SessionData data = lone.room().sessionData();
    final Family<Integer> votes = data.family(VOTES);
    final List<Object> heard = new ArrayList<>();

    @AfterEach
    final void close() {
        lone.close();
    }

    final List<Object> heard() {
        lone.pass(0);
        List<Object> all = List.copyOf(heard);
        heard.clear();
        return all;
    }
}
