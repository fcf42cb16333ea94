package dev.parlor;

import java.util.HexFormat;
import java.util.List;

/**
 * What {@link Doctor} found. Immutable and thread-safe. Contains names, addresses and ports of machines, and never a passphrase or a key.
 *
 * @param room the room's name
 * @param reach where it was looked for, in words
 * @param findings problems first, then notes, then what is well
 */
public record DoctorReport(String room, String reach, List<Finding> findings) {
    private static final int LINE_CHARS = 110;

    /**
     * A report.
     *
     * @param room the room's name
     * @param reach where it was looked for, in words
     * @param findings in any order; kept with problems first, otherwise as they are
     * @throws InvalidArgumentException if one is null
     */
    public DoctorReport {
        Require.present(room, "the room", "pass its name");
        Require.present(reach, "the reach", "say where the room was looked for");
        findings = Require.list(findings, "the findings").stream().sorted((one, other) -> other.severity().compareTo(one.severity())).toList();
    }

    /** How bad a finding is. Later ones are worse. */
    public enum Severity {
        /** As it should be. */
        OK,
        /** Worth knowing; by itself it keeps nobody from being met. */
        NOTE,
        /** Keeps somebody from being met, or something from working. */
        PROBLEM
    }

    /** What a finding is about. Later versions may have more. */
    public enum Code {
        /** The interfaces of this machine, and which of their addresses is given to others. */
        INTERFACES,
        /** No interface is up but the loopback, or the one of {@link RoomBuilder#networkInterface} is down. */
        INTERFACE_DOWN,
        /** {@link RoomBuilder#networkInterface} names an interface that is not there, or others are heard at another one. */
        WRONG_INTERFACE,
        /** An interface looks like a VPN, to the other side of which multicast seldom goes. */
        LOOKS_LIKE_VPN,
        /** Whether this machine has addresses of IPv4 and of IPv6. */
        IP_VERSIONS,
        /** The longest packet of an interface is unusual: where others on the network have another, large messages are lost. */
        MTU,
        /** Multicast comes back to this machine, and goes to and from others. */
        MULTICAST,
        /** Multicast does not come back to this machine, or does not go to or from others. */
        NO_MULTICAST,
        /** A port is free on this machine. */
        PORTS,
        /** The port of {@link RoomBuilder#port}, or each port that may be taken, is used by another program. */
        PORT_TAKEN,
        /** Somebody is heard, and its TCP port takes no connection from here. */
        PORT_BLOCKED_THERE,
        /** Somebody is heard, and its answers do not come here. */
        PORT_BLOCKED_HERE,
        /** Somebody is heard, its TCP port takes no connection from here, and its answers do not come here. */
        PORTS_BLOCKED_BOTH,
        /** The system grants the buffers that sockets ask for. */
        BUFFERS,
        /** The system grants smaller buffers than sockets ask for, which slows down bursts. */
        SMALL_BUFFERS,
        /** The clocks of others agree with this machine's. */
        CLOCKS,
        /** A clock differs from this machine's by more than {@link RoomBuilder#maxClockSkew}. */
        CLOCK_OFF,
        /** This machine's own name, or a host of {@link RoomBuilder#hosts}, resolves to an address that only this machine itself reaches. */
        NAME_IS_LOOPBACK,
        /** A host of {@link RoomBuilder#hosts} has no address. */
        UNKNOWN_HOST,
        /** A host of {@link RoomBuilder#hosts} has an address, and no program of the room was heard there. */
        SILENT_HOST,
        /** A folder of {@link RoomBuilder#folder} can be used. */
        FOLDER,
        /** A folder of {@link RoomBuilder#folder} cannot be used. */
        FOLDER_UNUSABLE,
        /** A way of {@link RoomBuilder#discovery} can be used. */
        DISCOVERY,
        /** A way of {@link RoomBuilder#discovery} cannot be used. */
        DISCOVERY_FAILED,
        /** Programs of this room that are heard and can be met. */
        PEERS,
        /** Somebody is in the room with another passphrase, or with one where none is given, or without one. */
        WRONG_PASSPHRASE,
        /** Somebody at the room's addresses speaks another version of Parlor or of JGroups, or something else. */
        OTHER_VERSION,
        /** No program of this room was heard, or none of another machine. */
        NOBODY_HEARD,
        /** The builder says nothing of networks, so only programs of this machine are met. */
        THIS_MACHINE_ONLY,
        /** The room has a stack of its own, or servers, whose ways are not known here: others were not looked for. */
        NOT_LOOKED_FOR
    }

    /**
     * One thing that was found.
     *
     * @param severity how bad it is
     * @param code what it is about, for a program
     * @param seen what was seen, for a person
     * @param advice what to do, for a person, on one or more lines; empty if there is nothing to do
     */
    public record Finding(Severity severity, Code code, String seen, String advice) {
        /**
         * A finding.
         *
         * @param severity how bad it is
         * @param code what it is about, for a program
         * @param seen what was seen, for a person
         * @param advice what to do, for a person; empty if there is nothing to do
         * @throws InvalidArgumentException if one is null
         */
        public Finding {
            Require.present(severity, "the severity", "pass one of DoctorReport.Severity");
            Require.present(code, "the code", "pass one of DoctorReport.Code");
            Require.present(seen, "what was seen", "say it in words");
            Require.present(advice, "the advice", "pass an empty text for none");
        }
    }

    /** {@return whether nothing is a {@link Severity#PROBLEM}} */
    public boolean isHealthy() {
        return findings.stream().noneMatch(each -> each.severity() == Severity.PROBLEM);
    }

    /**
     * The findings about one thing.
     *
     * @param code what it is about
     * @return those, none if there are none
     * @throws InvalidArgumentException if it is null
     */
    public List<Finding> of(Code code) {
        Require.present(code, "the code", "pass one of DoctorReport.Code");
        return findings.stream().filter(each -> each.code() == code).toList();
    }

    /** {@return the report for people, in plain English, with lines of at most 110 characters but for commands to copy} */
    @Override
    public String toString() {
        int codeChars = findings.stream().mapToInt(each -> each.code().name().length()).max().orElse(0);
        String margin = " ".repeat(Severity.PROBLEM.name().length() + 2 + codeChars + 2);
        StringBuilder text = new StringBuilder();
        text.append("The room \"").append(room).append("\", looked for ").append(reach).append(".\n")
                .append(count(Severity.PROBLEM, "problem", "No")).append(", ").append(count(Severity.NOTE, "note", "no")).append(".\n\n");
        for (Finding each : findings) {
            text.append(padded(each.severity().name(), Severity.PROBLEM.name().length())).append(padded(each.code().name(), codeChars));
            append(text, each.seen(), margin);
            if (!each.advice().isEmpty()) {
                each.advice().lines().forEach(line -> {
                    text.append(margin);
                    // What begins further right is to be copied as it is.
                    if (line.startsWith(" ")) {
                        text.append(line).append('\n');
                    } else {
                        append(text, line, margin);
                    }
                });
            }
        }
        return text.toString();
    }

    private static String padded(String text, int chars) {
        return text + " ".repeat(chars - text.length() + 2);
    }

    private String count(Severity severity, String word, String none) {
        long count = findings.stream().filter(each -> each.severity() == severity).count();
        return (count == 0 ? none : String.valueOf(count)) + " " + word + (count == 1 ? "" : "s");
    }

    private static void append(StringBuilder text, String line, String margin) {
        int column = margin.length();
        boolean first = true;
        for (String word : line.split(" ")) {
            if (!first && column + 1 + word.length() > LINE_CHARS) {
                text.append('\n').append(margin);
                column = margin.length();
                first = true;
            }
            text.append(first ? "" : " ").append(word);
            column += word.length() + (first ? 0 : 1);
            first = false;
        }
        text.append('\n');
    }

    /**
     * The report for programs.
     *
     * @return a JSON object (RFC 8259) of {@code room}, {@code reach}, {@code healthy}, and {@code findings}, an array of objects of
     *     {@code severity}, {@code code}, {@code seen} and {@code advice}. All are strings but {@code healthy}. Later versions may add more
     */
    public String toJson() {
        StringBuilder json = new StringBuilder("{");
        pair(json, "room", room).append(",");
        pair(json, "reach", reach).append(",\"healthy\":").append(isHealthy()).append(",\"findings\":[");
        String comma = "";
        for (Finding each : findings) {
            json.append(comma).append("{");
            pair(json, "severity", each.severity().name()).append(",");
            pair(json, "code", each.code().name()).append(",");
            pair(json, "seen", each.seen()).append(",");
            pair(json, "advice", each.advice()).append("}");
            comma = ",";
        }
        return json.append("]}").toString();
    }

    private static StringBuilder pair(StringBuilder json, String name, String value) {
        json.append('"').append(name).append("\":\"");
        value.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                json.append('\\').append((char) c);
            } else if (c < ' ' || c > '~') {
                // Whatever the encoding of the output is, this is read well.
                json.append("\\u").append(HexFormat.of().toHexDigits((char) c));
            } else {
                json.append((char) c);
            }
        });
        return json.append('"');
    }
}
