package dev.parlor.bench.candidate;

/**
 * Where a group meets: on the loopback interface, apart from every other group.
 *
 * @param name its name
 * @param port a port that no other group uses; its multicast address is made of it
 */
public record Place(String name, int port) {
    /** The only interface that is used. */
    public static final String BIND = "127.0.0.1";

    /** A multicast address of the group's own. */
    public String multicast() {
        return "239.193." + (port >> 8 & 0xFF) + "." + (port & 0xFF);
    }
}
