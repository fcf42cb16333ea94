package dev.parlor.internal.net;

/** Something about the network that a user should know. */
public enum Trouble {
    /** Multicast of others does not come here. */
    MULTICAST_BLOCKED,
    /** Nobody else was heard. */
    NOBODY_HEARD,
    /** Somebody is heard and cannot be connected to, or a way to others cannot be used. */
    UNREACHABLE,
    /** A host has no address. */
    UNKNOWN_HOST,
    /** No router can be reached any more. */
    ROUTERS_LOST
}
