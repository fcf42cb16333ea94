package dev.parlor.it.faults;

import dev.parlor.Doctor;
import dev.parlor.DoctorReport;
import dev.parlor.Room;
import dev.parlor.RoomBuilder;

/** On a host of its own: joins a room on the network and stays, or examines its network. Ends with its input. */
final class DoctorPeer {
    private DoctorPeer() {}

    /**
     * @param args what to do ({@code join} or {@code examine}), a name, the room, the passphrase or {@code -}, hosts or {@code -}
     */
    public static void main(String[] args) throws Exception {
        RoomBuilder builder = Room.named(args[2]).lan();
        if (!args[3].equals("-")) {
            builder.passphrase(args[3].toCharArray());
        }
        if (!args[4].equals("-")) {
            builder.hosts(args[4]);
        }
        if (args[0].equals("join")) {
            try (Room room = builder.join()) {
                System.out.println("joined " + room.network().address());
                while (System.in.read() >= 0) {
                    // Whatever it is, there is more to come.
                }
            }
        } else {
            DoctorReport report = Doctor.examine(builder);
            report.findings().forEach(each -> System.out.println(each.severity() + " " + each.code()));
            System.out.println(report);
            System.out.println("examined");
        }
    }
}
