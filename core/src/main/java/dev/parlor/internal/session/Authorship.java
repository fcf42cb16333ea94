package dev.parlor.internal.session;

/**
 * Who wrote a value, and which compaction kept it, if one did. One object for all values of an author: so a value holds
 * a reference in place of two numbers, which makes it a quarter smaller. Immutable.
 */
public final class Authorship {
    /** Recent ones that are found again. More authors than this at once share less, and that is all. */
    private static final int RECENT = 256;
    /** Read and written without a lock: whoever sees an old one, or none, makes another that is equal. */
    private static final Authorship[] CACHE = new Authorship[RECENT];

    private final long author;
    private final long compactedAt;
    private final long hash;

    private Authorship(long author, long compactedAt) {
        this.author = author;
        this.compactedAt = compactedAt;
        this.hash = Digest.mix(Digest.mix(author) + compactedAt);
    }

    /** Of what a participant wrote and a compaction kept at a time, or none if that is 0. */
    public static Authorship of(long author, long compactedAt) {
        int slot = Long.hashCode(author * 31 + compactedAt) & (RECENT - 1);
        Authorship found = CACHE[slot];
        if (found == null || found.author != author || found.compactedAt != compactedAt) {
            found = new Authorship(author, compactedAt);
            CACHE[slot] = found;
        }
        return found;
    }

    /** The id of who wrote it. */
    public long author() {
        return author;
    }

    /** When a compaction gave it another stamp, or 0. */
    public long compactedAt() {
        return compactedAt;
    }

    /** A number that depends on both, the same on every JVM. */
    long hash() {
        return hash;
    }

    /** Whether a compaction gave it another stamp. */
    public boolean isCompacted() {
        return compactedAt != 0;
    }
}
