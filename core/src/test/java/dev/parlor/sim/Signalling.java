package dev.parlor.sim;

import dev.parlor.SignalReceived;
import dev.parlor.sim.History.Wrong;
import java.util.HashMap;
import java.util.Map;

/** What a participant signals, and what it hears of the others: of each and of each class none that is older than one it has heard. */
final class Signalling {
    private static final int MOST_AT_ONCE = 8;
    private static final int APART_MILLIS = 6;
    private static final int CLASSES = 2;

    private record Source(long from, Class<?> type) {}

    private final Participant self;
    private final World world;
    /** By class how many have been sent, which is what each says. */
    private final long[] sent = new long[CLASSES];
    private final Map<Source, Long> heard = new HashMap<>();

    Signalling(Participant self, World world) {
        this.self = self;
        this.world = world;
        if (world.kind.signals()) {
            self.peer.room().on(SignalReceived.class, this::onSignal);
        }
    }

    /** Some in short order, at once or a little apart. */
    void send(int count, int how) {
        for (int i = 0; i <= count % MOST_AT_ONCE; i++) {
            if (how % 3 == 0) {
                send(how % CLASSES);
            } else {
                self.host.after(1L + i * APART_MILLIS, () -> {
                    if (self.isUp()) {
                        send(how % CLASSES);
                    }
                });
            }
        }
    }

    private void send(int type) {
        long number = ++sent[type];
        self.peer.room().signal(type == 0 ? (Object) number : Long.toString(number));
    }

    private void wrong(String text) {
        world.history.found(Wrong.VIOLATION, world.scheduler, self + " " + text);
    }

    private void onSignal(SignalReceived event) {
        long from = event.from().id().value();
        long number = Long.parseLong(event.payload().toString());
        Long before = heard.put(new Source(from, event.payload().getClass()), number);
        if (before != null && before >= number) {
            wrong("heard signal " + number + " of " + Long.toHexString(from) + " after " + before);
        }
        if (from == self.id || !self.witness.roster.containsKey(from)) {
            wrong("heard a signal of " + Long.toHexString(from) + ", who was not there");
        }
        Participant sender = world.everybody.stream().filter(each -> each.id == from).findFirst().orElseThrow();
        if (number > sender.signals.sent[event.payload() instanceof Long ? 0 : 1]) {
            wrong("heard a signal that nobody sent: " + event);
        }
    }

    /** At rest, where nothing is lost any more, the last one is heard by all. */
    void checkLast() {
        for (int i = 0; i < MOST_AT_ONCE; i++) {
            self.host.after(1L + i * APART_MILLIS, () -> send(0));
        }
    }

    /** What {@link #checkLast} leads to. */
    void heardLastOf(Participant other) {
        Long last = heard.get(new Source(other.id, Long.class));
        if (last == null || last != other.signals.sent[0]) {
            wrong("did not hear the last signal of " + other + ", " + other.signals.sent[0] + ", but " + last);
        }
    }
}
