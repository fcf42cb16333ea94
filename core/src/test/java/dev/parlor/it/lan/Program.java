package dev.parlor.it.lan;

import dev.parlor.Warning;
import dev.parlor.it.Jvm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A program on a host, of which each is one participant in each room that it joins. Spoken to by one thread. */
final class Program implements AutoCloseable {
    /** Takes little: the hosts of a test share the cores of one machine. With {@code -Dlan.log=debug} it says more. */
    private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-Xshare:auto", "-Xmx384m",
            "-Dorg.slf4j.simpleLogger.log.dev.parlor=" + System.getProperty("lan.log", "warn"));

    /**
     * A warning that it had.
     *
     * @param millis since the join began
     */
    record Told(long millis, Warning.Kind kind, String text) {}

    /**
     * How a join ended.
     *
     * @param failure the kind of exception with its reason, or nothing
     * @param state what was held just then, as {@link #state}; nothing after a failure
     * @param met who was there just then, each with its user data as {@code ann=ann}
     * @param text all that was said of it
     */
    record Joined(String failure, long millis, String state, List<String> met, String text) {
        private static Joined of(String text) {
            String[] words = text.split(" ");
            return words[0].equals("failed") ? new Joined(words[1], 0, "", List.of(), text)
                    : new Joined("", Long.parseLong(words[0]), words[2] + " " + words[3], List.of(words[4].split(",")), text);
        }
    }

    private final Lan lan;
    private final String name;
    private final Jvm jvm;
    private boolean joining;
    /** Lines of earlier rooms. */
    private int before;
    private String joined = "";

    private boolean awake = true;

    Program(Lan lan, String space, String name) {
        this.lan = lan;
        this.name = name;
        this.jvm = Jvm.start(List.of("ip", "netns", "exec", space), OPTIONS, LanPeer.class, "peer", name);
    }

    String name() {
        return name;
    }

    /** Begins to join the present room of the world. */
    Program joins(Setup setup) {
        return joins(lan.room(), setup);
    }

    /** Begins to join a room, in addition to those in which it is. */
    Program joins(String room, Setup setup) {
        awaitJoin();
        before = jvm.seen().size();
        jvm.say("join " + room + " " + String.join(" ", setup.words()));
        joining = true;
        return this;
    }

    /** Waits for the end of the join, and gives how long it took, in milliseconds. */
    long joined() {
        awaitJoin();
        return Long.parseLong(joined.split(" ")[0]);
    }

    /** How many were in the room, this program included, when the join ended. */
    int metAtJoin() {
        awaitJoin();
        return Integer.parseInt(joined.split(" ")[1]);
    }

    /** Joins the present room of the world, or does not. */
    Joined tries(Setup setup) {
        joins(setup);
        joining = false;
        joined = jvm.await("re:join");
        return Joined.of(joined);
    }

    private void awaitJoin() {
        if (joining) {
            joining = false;
            joined = jvm.await("re:join");
            if (joined.startsWith("failed")) {
                throw new AssertionError(name + " could not join: " + joined + "\n" + String.join("\n", jvm.seen()));
            }
        }
    }

    private String ask(String line) {
        awaitJoin();
        String answer = jvm.ask(line);
        if (answer.startsWith("failed")) {
            throw new AssertionError(name + ": " + line + " " + answer);
        }
        return answer;
    }

    /** Leaves all rooms. */
    void leave() {
        ask("leave");
    }

    /** Names of those present, in alphabetical order. */
    List<String> who() {
        return Arrays.asList(ask("who").split(","));
    }

    /** How much it holds and the digest of it. */
    String state() {
        return ask("state");
    }

    String status() {
        return ask("status");
    }

    void put(String key, String value) {
        ask("put " + key + " " + value);
    }

    /** A value of the session data, {@code "null"} if there is none. */
    String get(String key) {
        return ask("get " + key);
    }

    /** Puts values of this many bytes in all. */
    void fill(int bytes) {
        ask("fill " + bytes);
    }

    /** Puts so many values of different sizes. */
    void putEntries(int count, int leastBytes, int mostBytes) {
        ask("entries " + count + " " + leastBytes + " " + mostBytes);
    }

    int size() {
        return Integer.parseInt(ask("size"));
    }

    void send(String message) {
        ask("send " + message);
    }

    /** The messages that it has had in the room. */
    List<String> heard() {
        String all = ask("heard");
        return all.isEmpty() ? List.of() : Arrays.asList(all.split(","));
    }

    /** How it is on the network, in words. */
    String network() {
        return ask("network");
    }

    /** The warnings that it has had since its last join began. */
    List<Told> warnings() {
        List<Told> found = new ArrayList<>();
        for (String line : sinceJoin("warning ")) {
            String[] parts = line.split(" ", 3);
            found.add(new Told(Long.parseLong(parts[0]), Warning.Kind.valueOf(parts[1]), parts[2]));
        }
        return found;
    }

    /** The kinds of its warnings since its last join began. */
    List<Warning.Kind> warned() {
        return warnings().stream().map(Told::kind).toList();
    }

    /** The statuses that it has had since its last join began, in order. */
    List<String> statuses() {
        return sinceJoin("status ").stream().map(each -> each.split(" ")[1]).toList();
    }

    private List<String> sinceJoin(String prefix) {
        List<String> seen = List.copyOf(jvm.seen());
        return seen.subList(before, seen.size()).stream().filter(each -> each.startsWith(prefix))
                .map(each -> each.substring(prefix.length())).toList();
    }

    /** Has it print what its threads do, for whoever reads what it says. */
    void printThreads() {
        jvm.signal("QUIT");
    }

    /** Stops it, as the system does when the machine sleeps. */
    void pause() {
        jvm.signal("STOP");
        awake = false;
    }

    void resume() {
        jvm.signal("CONT");
        awake = true;
    }

    boolean isAwake() {
        return awake;
    }

    /** Ends it without a word. */
    void kill() {
        jvm.kill();
    }

    /** What it printed, with its log, without what was asked again and again. */
    List<String> said() {
        return jvm.seen().stream().filter(each -> !each.startsWith("re:who") && !each.startsWith("re:state")).toList();
    }

    @Override
    public void close() {
        jvm.close();
        jvm.awaitExit();
    }
}
