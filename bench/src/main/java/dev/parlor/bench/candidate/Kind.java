package dev.parlor.bench.candidate;

import java.util.function.Supplier;

/** The candidates by name. */
public enum Kind {
    /** JGroups, one message a put: the reference of all ratios. */
    RAW("raw", "raw JGroups", () -> new RawJGroups(false)),
    /** JGroups, puts packed by hand: what the network carries. */
    PACKED("packed", "raw packed", () -> new RawJGroups(true)),
    /** This library. */
    PARLOR("parlor", "Parlor", () -> new ParlorCandidate(null)),
    /** This library, where nobody listens for changes. */
    UNHEARD("unheard", "Parlor, nobody listens", () -> new ParlorCandidate(null)),
    /** This library, in a room with a passphrase. */
    SEALED("sealed", "Parlor, passphrase", () -> new ParlorCandidate("open sesame")),
    /** JGroups' own replicated map. */
    REPLICATED_HASH_MAP("replicatedhashmap", "ReplicatedHashMap", ReplicatedHashMapCandidate::new),
    /** Hazelcast's ReplicatedMap. */
    HAZELCAST("hazelcast", "Hazelcast", HazelcastCandidate::new),
    /** Infinispan's replicated cache, asynchronous. */
    INFINISPAN("infinispan", "Infinispan", InfinispanCandidate::new);

    private final String id;
    private final String title;
    private final Supplier<Candidate> maker;

    Kind(String id, String title, Supplier<Candidate> maker) {
        this.id = id;
        this.title = title;
        this.maker = maker;
    }

    /** As it is written in commands and results. */
    public String id() {
        return id;
    }

    /** As it is written in tables. */
    public String title() {
        return title;
    }

    /** Whether it is this library once more, in other circumstances, which few workloads are about. */
    public boolean isVariant() {
        return this == UNHEARD || this == SEALED;
    }

    /** A member that has not joined. */
    public Candidate make() {
        return maker.get();
    }

    /** The candidate of an id. */
    public static Kind of(String id) {
        for (Kind kind : values()) {
            if (kind.id.equals(id)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no candidate \"" + id + "\"");
    }
}
