package dev.parlor.internal.doctor;

import dev.parlor.DoctorReport.Code;
import dev.parlor.internal.net.doctor.Observations;
import dev.parlor.internal.net.doctor.Observations.FinderSeen;
import dev.parlor.internal.net.doctor.Observations.FolderSeen;
import dev.parlor.internal.net.doctor.Observations.HostSeen;
import dev.parlor.internal.net.doctor.Observations.Surroundings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.stream.Collectors;

/** What follows from the hosts, folders and other ways that were named. */
final class HostFindings {
    private final Observations seen;
    private final Surroundings others;
    private final Findings findings;

    HostFindings(Observations seen, Surroundings others, Findings findings) {
        this.seen = seen;
        this.others = others;
        this.findings = findings;
    }

    void find() {
        Set<InetAddress> heard = others.peers().stream().flatMap(each -> each.at().stream()).map(InetSocketAddress::getAddress)
                .collect(Collectors.toSet());
        for (HostSeen each : others.hosts()) {
            if (each.addresses().isEmpty()) {
                findings.problem(Code.UNKNOWN_HOST, "The host \"" + each.host() + "\" of hosts(…) has no address.",
                        "Check how it is written, or name its address. While a room is open it is asked for again.");
            } else if (isLoopbackByMistake(each)) {
                findings.problem(Code.NAME_IS_LOOPBACK, "The host \"" + each.host() + "\" of hosts(…) resolves here to "
                                + MachineFindings.textOf(each.addresses().iterator().next()) + ", which is this machine and no other.",
                        "If another machine is meant, name its address, or correct this machine's /etc/hosts.");
            } else if (!each.onThisMachine() && each.addresses().stream().noneMatch(heard::contains)) {
                silent(each);
            }
        }
        for (FolderSeen each : others.folders()) {
            if (each.problem().isEmpty()) {
                findings.ok(Code.FOLDER, "The folder " + each.folder() + " can be used; addresses of others in it: " + each.entries() + ".");
            } else {
                findings.problem(Code.FOLDER_UNUSABLE, "The folder " + each.folder() + " cannot be used: " + each.problem() + ".",
                        "Check that the share is there and that this user may write to it.");
            }
        }
        others.finders().forEach(this::findBy);
    }

    private void findBy(FinderSeen each) {
        if (each.problem().isEmpty()) {
            findings.ok(Code.DISCOVERY, "The discovery " + each.finder() + " can be used; addresses that it gives: " + each.entries() + ".");
        } else {
            findings.problem(Code.DISCOVERY_FAILED, "The discovery " + each.finder() + " cannot be used: " + each.problem() + ".",
                    "Look at what it needs, or name the others by hosts(…) or folder(…).");
        }
    }

    /** A name that looks like that of a machine, and is known here for the loopback, as 127.0.1.1 on Debian. */
    private boolean isLoopbackByMistake(HostSeen host) {
        boolean name = host.host().indexOf(':') < 0 && host.host().chars().anyMatch(Character::isLetter) && !host.host().startsWith("localhost");
        return name && others.hosts().size() > 1 && host.addresses().stream().allMatch(InetAddress::isLoopbackAddress);
    }

    private void silent(HostSeen host) {
        String addresses = String.join(", ", host.addresses().stream().map(MachineFindings::textOf).sorted().toList());
        String text = "The host " + host.entry() + " (" + addresses + ") did not answer as this room. ";
        Firewalls firewalls = new Firewalls(seen.asked(), seen.machine());
        switch (host.tcp()) {
            case CONNECTED -> findings.problem(Code.SILENT_HOST, text + "Its port takes connections by TCP, though.",
                    "See that the program there has the same room name and calls hosts(…), lan() or folder(…) too. A firewall may let in TCP "
                            + "and not UDP.\n" + firewalls.there());
            case REFUSED -> findings.problem(Code.SILENT_HOST, text + "The machine is there, and nothing listens at the port that this room "
                            + "takes first.",
                    "Start the program there, with the same room name, and with hosts(…), lan() or folder(…). If it runs, its firewall "
                            + "rejects what comes.\n" + firewalls.there());
            default -> findings.problem(Code.SILENT_HOST, text + "Nothing came back at all.",
                    "See that the machine is on, and that this one reaches it (ping, or another service of it). If so, a firewall drops what "
                            + "comes.\n" + firewalls.there());
        }
    }
}
