package dev.parlor.testkit;

/** What carries what rooms of a {@link ParlorNetwork} say to each other. */
public enum NetworkKind {
    /**
     * The memory of this JVM, in real time: what most tests want. Rooms join in about a millisecond, and who comes, goes or is
     * cut off is known at once. No sockets.
     */
    IN_MEMORY,
    /**
     * The memory of this JVM, in a time that goes on only when the test waits or calls {@link ParlorNetwork#advance}: hours
     * take milliseconds, and the same seed does the same again. For one thread, that of the test: on it everything runs,
     * listeners too, unless the room is told another executor.
     */
    VIRTUAL_TIME,
    /**
     * JGroups, with its own reliable delivery, failure detection and merging, in the memory of this JVM: what a program has in
     * real life. That somebody is gone is known after some seconds. No sockets, but the machine's loopback interface must be up
     * for JGroups to start.
     */
    JGROUPS
}
