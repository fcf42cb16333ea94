package dev.parlor.bench.candidate;

import java.util.function.Supplier;

/** The candidates by name. */
public enum Kind {
    /** JGroups, one message a put: the reference of all ratios. */
    RAW("raw", "raw JGroups", () -> new RawJGroups(false, Stacks::udp)),
    /** JGroups, puts packed by hand: what the network carries. */
    PACKED("packed", "raw packed", () -> new RawJGroups(true, Stacks::udp)),
    /** JGroups set up for the shortest way: no bundler, and the thread that reads delivers. */
    DIRECT("direct", "raw, no bundler, direct", () -> new RawJGroups(false, Stacks::direct)),
    /** Two programs and a socket each, of which the receiving one sleeps until something comes: what the machine can do. */
    UDP("udp", "UDP, blocking", () -> new UdpCandidate(false)),
    /** The same, where the receiving one looks without a pause. */
    UDP_SPINNING("udp-spinning", "UDP, spinning", () -> new UdpCandidate(true)),
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

    /** Whether it is this library once more, in other circumstances, or what the machine can do: which few workloads are about. */
    public boolean isVariant() {
        return this == UNHEARD || this == SEALED || isFloor();
    }

    /** Whether it says how fast something like it can be. */
    public boolean isFloor() {
        return this == DIRECT || hasNoMembership();
    }

    /** Whether it loses what is sent too fast, and does not know who is there. */
    public boolean hasNoMembership() {
        return this == UDP || this == UDP_SPINNING;
    }

    /** Whether it is a library of others for the same. */
    public boolean isPeer() {
        return this == REPLICATED_HASH_MAP || this == HAZELCAST || this == INFINISPAN;
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
