package dev.parlor.internal.net;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which group to join and how.
 *
 * @param room the room's name
 * @param displayName for logs
 * @param self the participant's id
 * @param reach who can be met
 * @param networkInterface name or address of the interface, null to choose
 * @param passphrase null for an open room
 */
public record NetworkOptions(String room, String displayName, long self, Reach reach, @Nullable String networkInterface,
        char @Nullable [] passphrase) {

    /** Who can be met. */
    public sealed interface Reach {
        /** Programs on this machine. */
        record ThisMachine() implements Reach {}

        /** Programs on the local network. */
        record Lan() implements Reach {}

        /** Programs on known hosts. */
        record Hosts(List<String> hosts) implements Reach {}

        /** Whoever the stack meets. */
        record Stack(String location) implements Reach {}
    }
}
