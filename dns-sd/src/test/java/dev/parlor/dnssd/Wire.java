package dev.parlor.dnssd;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Two hosts with a wire between them, made of network namespaces, and programs on them. Nothing gets out. To make one skips the test
 * where that cannot be: it needs root and {@code ip netns}.
 */
final class Wire implements AutoCloseable {
    /** The interface of each host. */
    static final String CARD = "eth0";
    private static final long SECONDS = 60;

    private final String prefix = "pdns" + ProcessHandle.current().pid() + "-";
    private final List<Program> programs = new ArrayList<>();
    private final Thread atExit = new Thread(this::remove, "removes " + prefix);

    /** With an address for each, such as {@code "192.0.2.1/24"}. */
    Wire(String left, String right) {
        assumeTrue(run("ip", "netns", "add", space(0)) == 0, "ip netns add does not work here: it needs root and network namespaces");
        Runtime.getRuntime().addShutdownHook(atExit);
        must("ip", "netns", "add", space(1));
        must("ip", "-n", space(0), "link", "add", CARD, "type", "veth", "peer", "name", CARD, "netns", space(1));
        List<String> addresses = List.of(left, right);
        for (int host = 0; host < 2; host++) {
            must("ip", "-n", space(host), "link", "set", "lo", "up");
            give(host, addresses.get(host));
            must("ip", "-n", space(host), "link", "set", CARD, "up");
        }
    }

    private String space(int host) {
        return prefix + host;
    }

    /** Gives a host an address, in addition to those that it has. */
    void give(int host, String address) {
        List<String> command = new ArrayList<>(List.of("ip", "-n", space(host), "addr", "add", address, "dev", CARD));
        if (address.contains(":")) {
            command.add("nodad");
        }
        must(command.toArray(String[]::new));
    }

    /** Takes away an address of a host. */
    void take(int host, String address) {
        must("ip", "-n", space(host), "addr", "del", address, "dev", CARD);
    }

    /** Drops at both hosts what comes by broadcast, or by multicast to another port than that of mDNS. Skips the test where that cannot be. */
    void letOnlyMdnsThrough() {
        for (int host = 0; host < 2; host++) {
            assumeTrue(within(host, "iptables", "-A", "INPUT", "-m", "pkttype", "--pkt-type", "broadcast", "-p", "udp", "-j", "DROP") == 0,
                    "there is no iptables here");
            within(host, "iptables", "-A", "INPUT", "-p", "udp", "-d", "224.0.0.0/4", "!", "--dport", "5353", "-j", "DROP");
            within(host, "ip6tables", "-A", "INPUT", "-p", "udp", "-d", "ff00::/8", "!", "--dport", "5353", "-j", "DROP");
        }
    }

    private int within(int host, String... command) {
        List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", space(host)));
        whole.addAll(List.of(command));
        return run(whole.toArray(String[]::new));
    }

    /** Sets the interface of a host {@code up} or {@code down}. */
    void set(int host, String state) {
        must("ip", "-n", space(host), "link", "set", CARD, state);
    }

    /** Starts a program on a host. */
    Program start(int host) {
        Program started = new Program(space(host));
        programs.add(started);
        return started;
    }

    private static void must(String... command) {
        int code = run(command);
        if (code != 0) {
            throw new AssertionError(String.join(" ", command) + " failed: " + code);
        }
    }

    private static int run(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor(SECONDS, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    @Override
    public void close() {
        remove();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private void remove() {
        programs.forEach(each -> each.process.destroyForcibly());
        run("ip", "netns", "del", space(0));
        run("ip", "netns", "del", space(1));
    }

    /** A {@link DnsSdPeer}. */
    static final class Program {
        private final Process process;
        private final PrintWriter in;
        private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
        private final List<String> said = new CopyOnWriteArrayList<>();

        private Program(String space) {
            try {
                process = new ProcessBuilder("ip", "netns", "exec", space, Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC", "-Xmx256m", "-cp", System.getProperty("java.class.path"), DnsSdPeer.class.getName())
                        .redirectErrorStream(true).start();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            in = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
            Thread reader = new Thread(this::read, "reads " + space);
            reader.setDaemon(true);
            reader.start();
        }

        private void read() {
            try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line; (line = out.readLine()) != null;) {
                    said.add(line);
                    if (line.startsWith("re:")) {
                        answers.add(line.substring("re:".length()));
                    }
                }
            } catch (IOException e) {
                said.add(e.toString());
            }
        }

        /** Says a line without waiting for the answer. */
        Program say(String line) {
            in.println(line);
            return this;
        }

        /** The next answer. */
        String answer() {
            try {
                String answer = answers.poll(SECONDS, TimeUnit.SECONDS);
                if (answer == null) {
                    throw new AssertionError("no answer; it said\n" + String.join("\n", said));
                }
                return answer;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }

        String ask(String line) {
            return say(line).answer();
        }

        /** Names of those present, for each room in the order of joining. */
        List<String> who() {
            return Arrays.asList(ask("who").split(" "));
        }

        /** All lines that it printed, with its log. */
        List<String> said() {
            return said;
        }

        /** Ends it at once. */
        void kill() {
            process.destroyForcibly();
        }

        boolean hasEnded() {
            return !process.isAlive();
        }

        int exitCode() {
            return process.exitValue();
        }
    }
}
