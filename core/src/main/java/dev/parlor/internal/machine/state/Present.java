package dev.parlor.internal.machine.state;

import dev.parlor.Participant;
import dev.parlor.ParticipantId;
import dev.parlor.internal.user.UserReplica.UserValue;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One of those present, with its user data still encoded until somebody asks. Immutable, thread-safe. */
public final class Present {
    private final long id;
    private final String name;
    private final long joinedAtMillis;
    private final UserValue user;
    private final boolean local;
    private volatile @Nullable Participant decoded;

    public Present(long id, String name, long joinedAtMillis, UserValue user, boolean local) {
        this.id = id;
        this.name = name;
        this.joinedAtMillis = joinedAtMillis;
        this.user = user;
        this.local = local;
    }

    public long id() {
        return id;
    }

    public String name() {
        return name;
    }

    public long joinedAtMillis() {
        return joinedAtMillis;
    }

    /** Its user data as encoded, empty if there is none. Not to be changed. */
    public byte[] userBytes() {
        return user.bytes();
    }

    public Present with(UserValue newUser) {
        return new Present(id, name, joinedAtMillis, newUser, local);
    }

    /** What the user sees. Decodes on the caller's thread, once. Never called under the room's lock. */
    public Participant toParticipant(Function<byte[], Decoded> decode) {
        Participant known = decoded;
        return known != null ? known : decodeOnce(decode);
    }

    private synchronized Participant decodeOnce(Function<byte[], Decoded> decode) {
        if (decoded != null) {
            return decoded;
        }
        Decoded data = user.isPresent() ? decode.apply(user.bytes()) : Decoded.NOTHING;
        Participant made = new Participant(new ParticipantId(id), name, Instant.ofEpochMilli(joinedAtMillis), data.object(), local);
        if (data.lasting()) {
            decoded = made;
        }
        return made;
    }
}
