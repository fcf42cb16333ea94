package dev.parlor;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Two parts of the room that could not reach each other have met again, and these keys had been changed in both. The
 * newest write of each key was kept, as always; what it replaced is told here, so that a program or a person can mend
 * what the last writer should not have won. Everybody present hears it once for each pair of parts that meet. Immutable
 * and thread-safe.
 *
 * <p>Exact as long as each part has replaced fewer than 65,536 values since they parted; beyond that a key which only
 * one part changed may be told as well; and if the parts cannot be compared within three seconds after they met, a key may be
 * left out. Not told if the participants who compare the parts leave amid it: the data is merged nevertheless.
 *
 * @param conflicts the keys that both had changed, at most 1,000 of them; empty if there were none
 * @param omitted how many more there were
 */
public record MergeReport(List<Conflict> conflicts, int omitted) implements RoomEvent {
    /**
     * A report.
     *
     * @param conflicts copied
     * @param omitted how many more there were
     */
    public MergeReport {
        conflicts = List.copyOf(conflicts);
    }

    /**
     * A key that both parts had changed.
     *
     * @param key the key
     * @param kept what it holds now
     * @param replaced what it held in the other part
     */
    public record Conflict(String key, Version kept, Version replaced) {}

    /**
     * What a key held in one part.
     *
     * @param value the value; empty if the key was removed, or if its class is not registered here
     * @param author who wrote or removed it
     * @param when when, in the room's time
     */
    public record Version(Optional<Object> value, Author author, Instant when) {}
}
