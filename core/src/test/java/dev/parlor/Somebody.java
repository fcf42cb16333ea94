package dev.parlor;

import java.time.Instant;
import java.util.Optional;

/** A participant for events of which it does not matter whom they are about. */
public final class Somebody {
    /** Anybody. */
    public static final Participant SOMEBODY =
            new Participant(new ParticipantId(1), "somebody", Instant.EPOCH, Optional.empty(), false);

    private Somebody() {}
}
