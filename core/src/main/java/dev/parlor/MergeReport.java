package dev.parlor;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Parts of the room that could not reach each other have met again, and these keys had been changed in more than one of them.
 * The newest write of each key was kept, as always; what it replaced is told here, so that a program or a person can mend what
 * the last writer should not have won. Of <i>n</i> parts that meet at once everybody present hears <i>n</i> - 1 reports, empty
 * ones included, which together name each write that was lost once: of a key that three parts changed there are two conflicts
 * with the same kept value. Immutable and thread-safe.
 *
 * <p>A write is lost if it was what its part held when the parts met, if another write is kept, and if no other part had known
 * it and replaced it. A removal is a write; so is a clear or replace, of the keys that it removed. A key that only one part
 * changed is not told, however often, nor what a part changed and another part knew.
 *
 * <p>Exact as long as each part has replaced fewer than 65,536 values since they parted; beyond that a key which only one part
 * changed may be told as well. Of a part in which nobody is left who was in it when they parted, that holds for the last 8,192.
 * What is written in the moment in which the parts meet or while they are compared, most often a second, replaces what its writer
 * may have known, so neither that nor what it replaces need be told. A clear that is made before a part has noticed that somebody
 * is gone may be left out; so may all, if the parts lack something of each other for eight seconds after they met, or part again
 * meanwhile. Not told if the participants who compare the parts leave amid it: the data is merged nevertheless.
 *
 * @param conflicts what was lost, at most 1,000 of it; empty if there was nothing, or if so much waited for a listener that only
 *     the number was kept, of several reports the sum
 * @param omitted how many more there were
 */
public record MergeReport(List<Conflict> conflicts, int omitted) implements RoomEvent {
    /**
     * A report.
     *
     * @param conflicts copied
     * @param omitted how many more there were
     * @throws InvalidArgumentException if one is null
     */
    public MergeReport {
        conflicts = Require.list(conflicts, "the conflicts");
    }

    /**
     * A key that more than one part had changed.
     *
     * @param key the key
     * @param kept what it holds now
     * @param replaced what it held in a part that has lost it
     */
    public record Conflict(String key, Version kept, Version replaced) {
        /**
         * A conflict.
         *
         * @param key the key
         * @param kept what it holds now
         * @param replaced what it held in a part
         * @throws InvalidArgumentException if one is null
         */
        public Conflict {
            Require.key(key);
            Require.present(kept, "the version that is kept", "make one with new MergeReport.Version(…)");
            Require.present(replaced, "the version that was replaced", "make one with new MergeReport.Version(…)");
        }
    }

    /**
     * What a key held in one part.
     *
     * @param value the value; empty if the key was removed, or if its class is not registered here
     * @param author who wrote or removed it
     * @param when when, in the room's time
     */
    public record Version(Optional<Object> value, Author author, Instant when) {
        /**
         * A version.
         *
         * @param value the value
         * @param author who wrote or removed it
         * @param when when
         * @throws InvalidArgumentException if one is null
         */
        public Version {
            Require.optional(value, "the value");
            Require.author(author);
            Require.present(when, "the time", "pass when it was written");
        }
    }
}
