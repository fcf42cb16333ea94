package dev.parlor.demo.desktop.model.join;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a person says to join a room.
 *
 * @param name of the person
 * @param colour of the avatar, 0xRRGGBB
 * @param room of the room
 * @param passphrase empty for an open room
 * @param reach who can be met
 * @param hosts where to meet them, separated by commas, if the reach is {@link Reach#HOSTS}
 */
public record JoinForm(String name, int colour, String room, String passphrase, Reach reach, String hosts) {
    /** Colours to choose from: told apart by most people, and readable under white and black initials. */
    public static final List<Integer> COLOURS = List.of(0x4C8DFF, 0x2FB67C, 0xE8912D, 0xD9534F, 0x9B6BDF, 0x2AA8B8,
            0xD76AA8, 0x7A8B99);
    private static final int MAX_LENGTH = 200;

    /** What is wrong with it and what to do, empty if nothing. */
    public String problem() {
        if (name.isBlank()) {
            return "Write what the others shall call you.";
        }
        if (room.isBlank()) {
            return "Write the room's name: the same for all who are to meet.";
        }
        if (name.length() > MAX_LENGTH || room.length() > MAX_LENGTH) {
            return "Names have at most " + MAX_LENGTH + " characters.";
        }
        if (reach == Reach.HOSTS && hostList().length == 0) {
            return "Write the hosts to meet, such as ada.local, 192.0.2.7.";
        }
        return "";
    }

    /** The hosts one by one. */
    public String[] hostList() {
        return Stream.of(hosts.split("[,\\s]+")).filter(host -> !host.isEmpty()).toArray(String[]::new);
    }
}
