package dev.parlor.internal.doctor;

import dev.parlor.internal.net.doctor.Observations.Asked;
import dev.parlor.internal.net.doctor.Observations.Machine;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The commands that let a room through firewalls, with its own ports. Lines that begin with a space are to be copied. */
final class Firewalls {
    private static final String COPY = "  ";

    private final Machine machine;
    private final int first;
    private final int last;
    private final int multicastPort;
    private final boolean multicast;

    Firewalls(Asked asked, Machine machine) {
        this.machine = machine;
        this.first = asked.port() != 0 ? asked.port() : asked.ports().stream().min(Integer::compare).orElse(0);
        this.last = asked.port() != 0 ? asked.port() : asked.ports().stream().max(Integer::compare).orElse(0);
        this.multicastPort = asked.multicastPort();
        this.multicast = asked.multicast();
    }

    /** What is let through, in words. */
    String ports() {
        return (first == last ? "port " + first : "ports " + first + " to " + last) + " by TCP and UDP"
                + (multicast ? ", and port " + multicastPort + " by UDP" : "");
    }

    /** How to let it through here. */
    String here() {
        return "Let in " + ports() + ", on this machine:\n" + switch (system()) {
            case WINDOWS -> windows();
            case MAC -> mac(machine.java());
            default -> linux(machine.firewalls());
        };
    }

    /** How to let it through on a machine of which nothing is known. */
    String there() {
        return "Let in " + ports() + ", on that machine. Linux:\n" + linux(List.of("ufw")) + "\nWindows, in PowerShell as administrator:\n"
                + windows() + "\nmacOS, with the program that runs there:\n" + mac("/path/to/bin/java");
    }

    /** Where a network is a public one, Windows lets in nothing. */
    boolean isWindows() {
        return system() == Platform.WINDOWS;
    }

    /** Systems with a firewall of their own. */
    enum Platform { WINDOWS, MAC, OTHER }

    Platform system() {
        String name = machine.system().toLowerCase(Locale.ROOT);
        return name.contains("windows") ? Platform.WINDOWS : name.contains("mac") || name.contains("darwin") ? Platform.MAC : Platform.OTHER;
    }

    private String linux(List<String> tools) {
        List<String> known = tools.isEmpty() ? List.of("ufw", "firewall-cmd", "nft") : tools;
        return known.stream().map(each -> COPY + switch (each) {
            case "ufw" -> "sudo ufw allow " + range(':') + "/tcp && sudo ufw allow " + range(':') + "/udp"
                    + (multicast ? " && sudo ufw allow " + multicastPort + "/udp" : "");
            case "firewall-cmd" -> "sudo firewall-cmd --permanent --add-port=" + range('-') + "/tcp --add-port=" + range('-') + "/udp"
                    + (multicast ? " --add-port=" + multicastPort + "/udp" : "") + " && sudo firewall-cmd --reload";
            default -> "sudo nft insert rule inet filter input tcp dport " + range('-') + " accept && sudo nft insert rule inet filter input "
                    + "udp dport '{ " + range('-') + (multicast ? ", " + multicastPort : "") + " }' accept";
        }).collect(Collectors.joining("\n"));
    }

    private String windows() {
        return COPY + "New-NetFirewallRule -DisplayName \"Parlor TCP\" -Direction Inbound -Action Allow -Protocol TCP -LocalPort " + range('-')
                + " -Profile Private,Domain\n"
                + COPY + "New-NetFirewallRule -DisplayName \"Parlor UDP\" -Direction Inbound -Action Allow -Protocol UDP -LocalPort " + range('-')
                + (multicast ? "," + multicastPort : "") + " -Profile Private,Domain\n"
                + COPY + "Get-NetConnectionProfile\n"
                + "These rules are for private networks. Where the last command says Public for yours: Set-NetConnectionProfile -InterfaceAlias "
                + "NAME -NetworkCategory Private.";
    }

    private static String mac(String java) {
        String tool = "sudo /usr/libexec/ApplicationFirewall/socketfilterfw";
        return COPY + tool + " --add " + java + " && " + tool + " --unblockapp " + java;
    }

    private String range(char between) {
        return first == last ? String.valueOf(first) : first + String.valueOf(between) + last;
    }
}
