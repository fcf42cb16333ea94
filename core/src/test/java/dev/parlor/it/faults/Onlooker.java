package dev.parlor.it.faults;

import dev.parlor.Participant;
import dev.parlor.ParticipantJoined;
import dev.parlor.ParticipantLeft;
import dev.parlor.ParticipantUpdated;
import dev.parlor.Room;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Logs what a participant hears and sees of the others: who is there, their user data, how far it has their writes. */
final class Onlooker {
    /** What was seen of another in a look that began at this time. */
    private record Sight(String count, String userData, long millis) {
        boolean showsSameAs(Sight other) {
            return count.equals(other.count) && userData.equals(other.userData);
        }
    }

    private final PeerLog log;
    /** What was seen last of each; logged when it is another, so that one line tells of many looks. */
    private final Map<String, Sight> sights = new HashMap<>();
    private Room room;

    Onlooker(PeerLog log) {
        this.log = log;
    }

    /** Begins, before listeners are served. */
    void joined(Room joined) {
        room = joined;
        long now = System.currentTimeMillis();
        log.line("J", room.me().id(), room.me().name(), now);
        room.participants().stream().filter(each -> !each.local())
                .forEach(each -> log.line("I", each.id(), data(each), now));
    }

    void onJoined(ParticipantJoined event) {
        log.line("+", event.participant().id(), data(event.participant()), System.currentTimeMillis());
    }

    void onUpdated(ParticipantUpdated event) {
        if (!event.participant().local()) {
            log.line("~", event.participant().id(), data(event.participant()), event.oldUserData().orElse("-"),
                    System.currentTimeMillis());
        }
    }

    void onLeft(ParticipantLeft event) {
        log.line("-", event.participant().id(), data(event.participant()), System.currentTimeMillis());
    }

    /** Takes a look at what is held of the others. Called by one thread. */
    void look() {
        long millis = System.currentTimeMillis();
        Set<String> gone = new HashSet<>(sights.keySet());
        for (Participant each : room.participants()) {
            String id = each.id().toString();
            gone.remove(id);
            if (!each.local()) {
                Sight now = new Sight(count(id), data(each), millis);
                Sight before = sights.put(id, now);
                if (before != null && !before.showsSameAs(now)) {
                    tell(id, before);
                }
            }
        }
        gone.forEach(id -> tell(id, sights.remove(id)));
    }

    /** Logs what user data is held of everybody. */
    void tellRest(String rest) {
        room.participants().forEach(each -> log.line("H", rest, each.id(), data(each)));
    }

    private void tell(String id, Sight sight) {
        log.line("K", id, sight.count(), sight.userData(), sight.millis());
    }

    /** How many writes of another are here, by its own count. */
    String count(String id) {
        return room.sessionData().get(Writing.countKey(id)).map(Object::toString).orElse("0");
    }

    static String data(Participant participant) {
        return participant.userData().map(Object::toString).orElse("-");
    }
}
