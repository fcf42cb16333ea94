package dev.parlor.internal.machine.members;

import dev.parlor.internal.machine.outbox.Departures;
import dev.parlor.internal.machine.outbox.Outbox;
import dev.parlor.internal.machine.output.Effects;
import java.time.Duration;

/**
 * When new user data of this participant is sent: at once if none was sent in the last while, else when that is over, and then the
 * newest alone. Sooner if a message is sent, which must not be heard before it. Guarded by the room's lock.
 */
public final class UserDataPace {
    private static final long NANOS_A_MILLI = 1_000_000;

    private final Outbox outbox;
    private final Departures departures;
    private final Effects effects;
    private final long intervalNanos;

    /** @param interval in which one frame of it is sent; zero for as many as there are */
    public UserDataPace(Outbox outbox, Departures departures, Effects effects, Duration interval) {
        this.outbox = outbox;
        this.departures = departures;
        this.effects = effects;
        this.intervalNanos = interval.toNanos();
    }

    /** It has changed. */
    public void changed() {
        if (outbox.holdsUser()) {
            return;
        }
        sendOrHold();
    }

    private void sendOrHold() {
        long since = departures.sinceUserNanos();
        if (since >= intervalNanos) {
            outbox.userChanged();
        } else {
            outbox.holdUser();
            effects.after((intervalNanos - since + NANOS_A_MILLI - 1) / NANOS_A_MILLI, this::due);
        }
    }

    /** It may have been sent meanwhile, and others may have come that wait. */
    private void due() {
        if (outbox.holdsUser()) {
            sendOrHold();
        }
    }
}
