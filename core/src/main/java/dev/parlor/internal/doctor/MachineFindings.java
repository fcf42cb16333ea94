package dev.parlor.internal.doctor;

import dev.parlor.DoctorReport.Code;
import dev.parlor.DoctorReport.Severity;
import dev.parlor.internal.net.doctor.Observations;
import dev.parlor.internal.net.doctor.Observations.Asked;
import dev.parlor.internal.net.doctor.Observations.Buffers;
import dev.parlor.internal.net.doctor.Observations.Kind;
import dev.parlor.internal.net.doctor.Observations.Machine;
import dev.parlor.internal.net.doctor.Observations.Nic;
import dev.parlor.internal.net.doctor.Observations.Ports;
import dev.parlor.internal.net.interfaces.Card;
import dev.parlor.internal.net.interfaces.InterfaceChoice;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What follows from what this machine says of itself. */
final class MachineFindings {
    /** The smallest packet that IPv6 lets a link have, in bytes (RFC 8200). */
    private static final int SMALLEST_MTU = 1_280;
    /** That of Ethernet and Wi-Fi, in bytes. */
    private static final int USUAL_MTU = 1_500;

    private final Observations seen;
    private final Asked asked;
    private final Findings findings;

    MachineFindings(Observations seen, Findings findings) {
        this.seen = seen;
        this.asked = seen.asked();
        this.findings = findings;
    }

    void find() {
        boolean networks = asked.kind() == Kind.NETWORKS && !asked.hostsHere();
        if (networks) {
            interfaces();
            versions();
            echoes();
        }
        tunnels();
        packets();
        if (asked.kind() == Kind.NETWORKS) {
            ports(seen.ports());
        }
        buffers(seen.buffers());
        name(seen.machine());
    }

    /** Those that lead to other machines. */
    private List<Card> usable() {
        return seen.interfaces().stream().filter(Nic::up).map(Nic::card).filter(each -> !each.loopback() && !each.addresses().isEmpty()).toList();
    }

    private void interfaces() {
        String only = asked.networkInterface();
        if (only != null) {
            named(only);
            return;
        }
        Optional<InterfaceChoice> choice = seen.chosen();
        if (choice.isEmpty()) {
            List<String> down = seen.interfaces().stream().filter(each -> !each.up()).map(each -> each.card().name()).toList();
            findings.problem(Code.INTERFACE_DOWN, "No network interface is up but the loopback" + (down.isEmpty() ? "."
                    : "; down are " + String.join(", ", down) + "."), "Connect the cable or the Wi-Fi. The room follows by itself.");
            return;
        }
        InterfaceChoice chosen = choice.get();
        StringBuilder text = new StringBuilder("The address given to others is ").append(textOf(chosen.address())).append(" of ")
                .append(inWords(chosen.card())).append(": ").append(chosen.reason()).append(".");
        if (!chosen.others().isEmpty()) {
            text.append(" Others are looked for and listened to at ").append(String.join(", ", chosen.others().stream()
                    .map(MachineFindings::inWords).toList())).append(" as well.");
        }
        findings.ok(Code.INTERFACES, text.toString());
    }

    private void named(String only) {
        Optional<Nic> found = seen.interfaces().stream().filter(each -> each.card().is(only)).min(Comparator.comparing(each -> !each.up()));
        if (found.isEmpty()) {
            findings.problem(Code.WRONG_INTERFACE, "networkInterface(\"" + only + "\") names none of this machine's, which are "
                            + String.join(", ", usable().stream().map(MachineFindings::inWords).toList()) + ".",
                    "Name one of these, or leave the call out: a room listens at all of them then.");
        } else if (!found.get().up()) {
            findings.problem(Code.INTERFACE_DOWN, "networkInterface(\"" + only + "\") names " + found.get().card().name() + ", which is down.",
                    "Bring it up, or leave the call out: a room listens at all that are up then.");
        } else {
            findings.ok(Code.INTERFACES, "networkInterface(\"" + only + "\") names " + inWords(found.get().card())
                    + "; others are looked for there alone.");
        }
    }

    /** Name, addresses and longest packet. */
    private static String inWords(Card card) {
        return card.name() + " (" + String.join(", ", card.addresses().stream().map(MachineFindings::textOf).toList()) + ", MTU " + card.mtu()
                + ")";
    }

    static String textOf(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        return scope < 0 ? text : text.substring(0, scope);
    }

    private void versions() {
        List<InetAddress> all = usable().stream().flatMap(each -> each.addresses().stream()).toList();
        boolean four = all.stream().anyMatch(Inet4Address.class::isInstance);
        boolean six = all.stream().anyMatch(Inet6Address.class::isInstance);
        if (four && six) {
            findings.ok(Code.IP_VERSIONS, "This machine has addresses of IPv4 and of IPv6.");
        } else if (four || six) {
            findings.note(Code.IP_VERSIONS, "This machine has addresses of " + (four ? "IPv4" : "IPv6") + " only.", "A machine that has only "
                    + (four ? "IPv6" : "IPv4") + " is not met.");
        }
    }

    private void tunnels() {
        List<String> tunnels = usable().stream().filter(InterfaceChoice::isTunnel).map(MachineFindings::inWords).toList();
        if (!tunnels.isEmpty()) {
            findings.note(Code.LOOKS_LIKE_VPN, "Interfaces that look like a VPN: " + String.join(", ", tunnels) + ".",
                    "Multicast seldom goes through a VPN, and some VPNs keep a machine from its local network. To meet others through it, "
                            + "name them by hosts(…); to meet those beside you, see whether it allows the local network.");
        }
    }

    private void packets() {
        for (Card each : usable()) {
            if (each.mtu() > 0 && each.mtu() < SMALLEST_MTU || each.mtu() > USUAL_MTU && !InterfaceChoice.isInner(each)) {
                findings.note(Code.MTU, each.name() + " has the MTU " + each.mtu() + ", and " + USUAL_MTU + " is usual.",
                        "Where machines of one network differ in this, short messages arrive and long ones do not. Set it alike on all.");
            }
        }
    }

    /** Multicast that comes back by the loop that every system has. */
    private void echoes() {
        String only = asked.networkInterface();
        List<String> silent = new ArrayList<>();
        List<String> echoed = new ArrayList<>();
        boolean bad = false;
        for (Nic each : seen.interfaces()) {
            if (!each.up() || each.card().loopback() || each.echoed().isEmpty() || each.card().addresses().isEmpty()) {
                continue;
            }
            (each.echoed().get() ? echoed : silent).add(each.card().name());
            boolean matters = only != null ? each.card().is(only)
                    : seen.chosen().filter(chosen -> chosen.card().name().equals(each.card().name())).isPresent();
            bad |= matters && !each.echoed().get();
        }
        if (!silent.isEmpty()) {
            findings.add(bad ? Severity.PROBLEM : Severity.NOTE, Code.NO_MULTICAST, "What this machine multicasts to " + asked.group() + " at "
                            + String.join(", ", silent) + " does not come back to it: a firewall on this machine does not let it through, or "
                            + "the interface or its routes are not for multicast.",
                    "Name the others by hosts(…) or folder(…), or let multicast through.\n" + new Firewalls(asked, seen.machine()).here());
        }
        if (!echoed.isEmpty()) {
            findings.ok(Code.MULTICAST, "Multicast is sent and received by this machine at " + String.join(", ", echoed) + ".");
        }
    }

    private void ports(Ports ports) {
        List<Integer> taken = new ArrayList<>(ports.udpTaken());
        ports.tcpTaken().stream().filter(each -> !taken.contains(each)).forEach(taken::add);
        if (asked.port() != 0 && ports.free() == 0) {
            boolean ours = seen.surroundings().stream().flatMap(each -> each.peers().stream())
                    .anyMatch(each -> each.onThisMachine() && each.at().stream().anyMatch(at -> at.getPort() == asked.port()));
            String text = "Port " + asked.port() + " is taken on this machine, by " + (ports.udpTaken().isEmpty() ? "TCP"
                    : ports.tcpTaken().isEmpty() ? "UDP" : "UDP and TCP");
            if (ours) {
                findings.note(Code.PORT_TAKEN, text + ": by a program that is in this room.", "If that is your program, nothing is wrong. A second "
                        + "one on this machine needs another port(…).");
            } else {
                findings.problem(Code.PORT_TAKEN, text + ".", "End the program that has it, or choose another by port(…).");
            }
        } else if (ports.free() == 0) {
            findings.problem(Code.PORT_TAKEN, "None of the " + asked.ports().size() + " ports that others look at is free on this machine. A room "
                    + "listens at any other then, where it is found by multicast alone.", "End programs that have them, or choose one by port(…).");
        } else {
            findings.ok(Code.PORTS, "Port " + ports.free() + " is free for UDP and TCP" + (taken.isEmpty() ? "."
                    : "; taken before it: " + taken + "."));
        }
    }

    private void buffers(Buffers buffers) {
        if (buffers.granted() >= buffers.asked()) {
            findings.ok(Code.BUFFERS, "Sockets get the " + buffers.asked() / 1_024 + " KiB for what comes that Parlor asks for.");
            return;
        }
        String system = seen.machine().system().toLowerCase(Locale.ROOT);
        String command = system.contains("linux") ? "  sudo sysctl -w net.core.rmem_max=" + buffers.asked()
                : system.contains("mac") ? "  sudo sysctl -w kern.ipc.maxsockbuf=" + 2 * buffers.asked() : "";
        findings.note(Code.SMALL_BUFFERS, "Sockets get " + buffers.granted() / 1_024 + " KiB for what comes, of the " + buffers.asked() / 1_024
                        + " KiB that Parlor asks for. Bursts are slower so where a room uses UDP; it keeps nobody from being met.",
                command.isEmpty() ? "Raise the bound that the system sets to buffers of sockets."
                        : "Raise the bound, until the next start of the system by:\n" + command);
    }

    private void name(Machine machine) {
        if (machine.hostAddresses().isEmpty() || !machine.hostAddresses().stream().allMatch(InetAddress::isLoopbackAddress)) {
            return;
        }
        findings.note(Code.NAME_IS_LOOPBACK, "This machine's own name, " + machine.hostName() + ", resolves here to "
                        + textOf(machine.hostAddresses().get(0)) + ", which only this machine reaches. Parlor does not use it; JGroups stacks of one's "
                        + "own and other programs may.",
                "Give the name the machine's address in /etc/hosts, or have others name the address itself in hosts(…).");
    }
}
