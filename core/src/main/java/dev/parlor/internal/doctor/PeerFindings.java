package dev.parlor.internal.doctor;

import dev.parlor.DoctorReport.Code;
import dev.parlor.DoctorReport.Severity;
import dev.parlor.internal.net.doctor.Observations;
import dev.parlor.internal.net.doctor.Observations.Asked;
import dev.parlor.internal.net.doctor.Observations.Nic;
import dev.parlor.internal.net.doctor.Observations.Surroundings;
import dev.parlor.internal.net.doctor.PeerSeen;
import dev.parlor.internal.net.doctor.PeerSeen.Clock;
import dev.parlor.internal.net.doctor.PeerSeen.Heard;
import dev.parlor.internal.net.doctor.PeerSeen.State;
import dev.parlor.internal.net.doctor.Tcp;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What follows from who was heard, and how. */
final class PeerFindings {
    /** Named in one line; more are counted. */
    private static final int MAX_NAMED = 8;
    private static final long MILLIS_A_MINUTE = 60_000;

    private final Observations seen;
    private final Asked asked;
    private final List<PeerSeen> peers;
    private final Findings findings;
    private final Firewalls firewalls;

    PeerFindings(Observations seen, Surroundings others, Findings findings) {
        this.seen = seen;
        this.asked = seen.asked();
        this.peers = others.peers();
        this.findings = findings;
        this.firewalls = new Firewalls(asked, seen.machine());
    }

    void find() {
        List<PeerSeen> ours = peers.stream().filter(each -> each.state() == State.READABLE).toList();
        List<PeerSeen> far = ours.stream().filter(each -> !each.onThisMachine()).toList();
        peers.forEach(this::understood);
        List<PeerSeen> well = new ArrayList<>();
        ours.forEach(each -> {
            if (reached(each)) {
                well.add(each);
            }
        });
        nobody(ours, far);
        links(far);
        multicast(far);
        clocks(ours);
        if (!well.isEmpty()) {
            findings.ok(Code.PEERS, (well.size() == 1 ? "One program of this room answers and takes connections: "
                    : well.size() + " programs of this room answer and take connections: ") + named(well) + ".");
        }
    }

    private void understood(PeerSeen peer) {
        String at = "A program at " + textOf(peer);
        switch (peer.state()) {
            case OTHER_PASSPHRASE -> findings.problem(Code.WRONG_PASSPHRASE, at + " is in this room with another passphrase.",
                    "Give the same passphrase(…) in all programs. Capital letters and spaces count.");
            case NO_PASSPHRASE -> findings.problem(Code.WRONG_PASSPHRASE, at + " is in this room without a passphrase, and here one is given.",
                    "Give the same passphrase(…) in all programs, or in none.");
            case HAS_PASSPHRASE -> findings.problem(Code.WRONG_PASSPHRASE, at + " is in this room with a passphrase, and here none is given.",
                    "Give the same passphrase(…) in all programs, or in none.");
            case OTHER_VERSION -> findings.problem(Code.OTHER_VERSION, at + " speaks another version: " + peer.detail() + ".",
                    "Use the same versions of Parlor and JGroups in all programs: update the older one.");
            case UNREADABLE -> findings.note(Code.OTHER_VERSION, at + " sends to this room what is not understood: " + peer.detail() + ".",
                    "It is another version of Parlor, which is to be updated, or another program that uses the same ports by chance.");
            case READABLE -> { }
        }
    }

    /** Whether it can be met, as far as is seen from here. */
    private boolean reached(PeerSeen peer) {
        if (peer.onThisMachine()) {
            return true;
        }
        boolean connects = peer.tcp() == Tcp.CONNECTED || peer.tcp() == Tcp.NOT_TRIED;
        String at = "A program of this room at " + textOf(peer) + " is heard" + ways(peer);
        if (!connects && peer.answered()) {
            findings.problem(Code.PORT_BLOCKED_THERE, at + " and answers, and its TCP port takes no connection: " + inWords(peer.tcp()) + ".",
                    "Its firewall is the likely cause. " + firewalls.there());
        } else if (!connects) {
            findings.problem(Code.PORTS_BLOCKED_BOTH, at + ", and nothing else works: its TCP port takes no connection (" + inWords(peer.tcp())
                            + "), and it does not answer, or its answers do not come here.",
                    "Its firewall is the likely cause, and perhaps this machine's as well.\n" + firewalls.there() + "\n" + firewalls.here());
        } else if (!peer.answered()) {
            findings.problem(Code.PORT_BLOCKED_HERE, at + " and takes connections, and its answers do not come here.",
                    "This machine's firewall is the likely cause. " + firewalls.here());
        } else if (answersOnlyDirectly(peer)) {
            findings.note(Code.PORT_BLOCKED_HERE, at + " and answers when it is asked alone; its answers to what is sent to all do not come here.",
                    "Here a firewall may let in only what was asked for; or there one does not let in UDP port " + asked.multicastPort()
                            + ". Others may find this machine late or not at all.\n" + firewalls.here());
            return true;
        } else {
            return true;
        }
        return false;
    }

    private static boolean answersOnlyDirectly(PeerSeen peer) {
        return (peer.heard().contains(Heard.MULTICAST) || peer.heard().contains(Heard.BROADCAST))
                && !peer.heard().contains(Heard.ANSWER_TO_MULTICAST) && !peer.heard().contains(Heard.ANSWER_TO_BROADCAST);
    }

    private static String ways(PeerSeen peer) {
        List<String> ways = new ArrayList<>();
        if (peer.heard().contains(Heard.MULTICAST)) {
            ways.add("multicast");
        }
        if (peer.heard().contains(Heard.BROADCAST)) {
            ways.add("broadcast");
        }
        return ways.isEmpty() ? "" : " by " + String.join(" and ", ways);
    }

    private static String inWords(Tcp tcp) {
        return switch (tcp) {
            case REFUSED -> "it is refused, as by a firewall that rejects or a program that has ended";
            case UNREACHABLE -> "there is no way there";
            case SILENT -> "nothing comes back, as where a firewall drops what comes";
            case CONNECTED, NOT_TRIED -> "it was not tried";
        };
    }

    private void nobody(List<PeerSeen> ours, List<PeerSeen> far) {
        boolean otherwise = peers.stream().anyMatch(each -> each.state() != State.READABLE
                && (asked.hostsHere() || !each.onThisMachine()));
        if (!far.isEmpty() || otherwise || asked.hostsHere() && !ours.isEmpty()) {
            return;
        }
        boolean alone = ours.size() <= 1;
        String advice = asked.hostsHere() ? "Start the other program, with the same room name and hosts(…)."
                : "If somebody else is there: see that all give the same room name; that all are on the same network (a guest Wi-Fi often keeps its "
                        + "clients apart); and that lan() is called by all, or hosts(…) names the others. Run this there as well.\n"
                        + firewalls.here();
        findings.add(alone ? Severity.PROBLEM : Severity.NOTE, Code.NOBODY_HEARD, ours.isEmpty() ? "No program of this room was heard."
                : "Programs of this room were heard on this machine (" + ours.size() + "), and on no other.", advice);
    }

    /** Whether others are where they are looked for. */
    private void links(List<PeerSeen> far) {
        String only = asked.networkInterface();
        List<PeerSeen> onLinks = far.stream().filter(each -> !each.links().isEmpty()).toList();
        if (onLinks.isEmpty()) {
            return;
        }
        if (only != null) {
            List<PeerSeen> elsewhere = onLinks.stream().filter(each -> each.links().stream().noneMatch(link -> isNamed(link, only))).toList();
            boolean isThere = seen.interfaces().stream().anyMatch(each -> each.up() && each.card().is(only));
            if (isThere && !elsewhere.isEmpty()) {
                findings.problem(Code.WRONG_INTERFACE, "networkInterface(\"" + only + "\") keeps the room from others, who are at "
                                + String.join(", ", elsewhere.get(0).links()) + ": " + named(elsewhere) + ".",
                        "Leave the call out: a room uses all interfaces then. Or name the other one.");
            }
            return;
        }
        seen.chosen().filter(chosen -> onLinks.stream().noneMatch(each -> each.links().contains(chosen.card().name())))
                .ifPresent(chosen -> findings.note(Code.WRONG_INTERFACE, "All who are heard are at " + String.join(", ", onLinks.get(0).links())
                                + ", and " + chosen.card().name() + " was chosen for the address that is given to others.",
                        "Others use the address from which they hear this machine, so most are met. If somebody is not, call networkInterface(\""
                                + String.join(", ", onLinks.get(0).links()) + "\")."));
    }

    private boolean isNamed(String link, String only) {
        return seen.interfaces().stream().map(Nic::card).anyMatch(card -> card.name().equals(link) && card.is(only));
    }

    /** Multicast from and to those on the same networks; routers keep it back, as they should. */
    private void multicast(List<PeerSeen> far) {
        List<PeerSeen> near = far.stream().filter(each -> asked.multicast() && each.multicasts() && !each.links().isEmpty()).toList();
        List<PeerSeen> none = near.stream().filter(each -> !each.heard().contains(Heard.MULTICAST)).toList();
        List<PeerSeen> deaf = near.stream().filter(each -> each.heard().contains(Heard.MULTICAST) && each.answered()
                && each.heard().contains(Heard.ANSWER_TO_BROADCAST) && !each.heard().contains(Heard.ANSWER_TO_MULTICAST)).toList();
        if (!none.isEmpty() || !deaf.isEmpty()) {
            boolean met = none.stream().allMatch(each -> each.heard().contains(Heard.BROADCAST) || each.heard().contains(Heard.ANSWER_TO_BROADCAST));
            List<PeerSeen> which = none.isEmpty() ? deaf : none;
            findings.add(met ? Severity.NOTE : Severity.PROBLEM, Code.NO_MULTICAST, "Multicast " + (none.isEmpty() ? "to " : "from ") + named(which)
                            + " does not arrive" + (met ? "; broadcast does, so they are met." : "; they are met by hosts(…) or folder(…) alone."),
                    "A switch, an access point or a firewall keeps multicast back. On the access point look for multicast or IGMP snooping, client "
                            + "isolation and the like; or name the others by hosts(…) or folder(…), so that nobody depends on it.");
        } else if (!near.isEmpty()) {
            findings.ok(Code.MULTICAST, "Multicast comes from " + (near.size() == 1 ? "the other program" : "all " + near.size() + " other programs")
                    + " on this network.");
        }
    }

    private void clocks(List<PeerSeen> ours) {
        boolean all = true;
        int known = 0;
        for (PeerSeen each : ours) {
            if (each.clock().isEmpty()) {
                continue;
            }
            known++;
            Clock clock = each.clock().get();
            if (Math.abs(clock.aheadMillis()) - clock.withinMillis() > asked.maxSkewMillis()) {
                all = false;
                findings.problem(Code.CLOCK_OFF, "The clock at " + textOf(each) + " is " + inWords(clock.aheadMillis()) + " this machine's.",
                        "See which of both is wrong, time zone and date too, and set it by the network (timedatectl set-ntp true; w32tm /resync; "
                                + "sntp -sS time.apple.com). More than " + asked.maxSkewMillis() / 1_000 + " s are warned of, see maxClockSkew(…).");
            }
        }
        if (all && known > 0) {
            findings.ok(Code.CLOCKS, "The clocks of those who are heard agree with this machine's within " + asked.maxSkewMillis() / 1_000 + " s.");
        }
    }

    private static String inWords(long aheadMillis) {
        Duration by = Duration.ofMillis(Math.abs(aheadMillis));
        String size = by.toMillis() >= MILLIS_A_MINUTE ? by.toHours() + " h " + by.toMinutesPart() + " min" : by.toSeconds() + " s";
        return size + (aheadMillis > 0 ? " ahead of" : " behind");
    }

    private static String named(List<PeerSeen> all) {
        String some = String.join(", ", all.stream().limit(MAX_NAMED).map(each -> textOf(each) + (each.onThisMachine() ? " (this machine)" : ""))
                .toList());
        return all.size() > MAX_NAMED ? some + " and " + (all.size() - MAX_NAMED) + " more" : some;
    }

    /** Of its addresses the one that people know best. */
    private static String textOf(PeerSeen peer) {
        InetSocketAddress best = peer.at().stream().min(Comparator.comparing(each -> !(each.getAddress() instanceof Inet4Address))).orElseThrow();
        String address = MachineFindings.textOf(best.getAddress());
        return (address.indexOf(':') >= 0 ? "[" + address + "]" : address) + ":" + best.getPort();
    }
}
