package dev.parlor.bench.group;

import java.util.Arrays;
import java.util.List;

/** Three JVMs write keys and values of 100 bytes, each time others, and it is measured until every member holds, and where they listen has heard, all. */
public final class Writing {
    /** How many JVMs there are. */
    public static final int JVMS = 3;
    private static final int BYTES = 100;
    private static final int HOT_KEYS = 100;

    /**
     * What was measured.
     *
     * @param rate entries a second, from the first put until all hold all, and have heard all
     * @param lateMillis from the return of the last put until all hold all
     */
    public record Rate(double rate, double lateMillis) {}

    private final Group group;
    private final boolean heard;
    private int held;
    /** Whose turn it is to be written: each writer of each time has keys of its own. */
    private int nextKeys;
    private boolean hotKeysHeld;
    private int hotWritten;
    private final int[] heardBy = new int[JVMS];

    /** @param heard whether all members listen for all changes, and look at each value */
    public Writing(Group group, boolean heard) {
        this.group = group;
        this.heard = heard;
        if (heard) {
            group.all("hear");
        }
    }

    /** One writes new keys. */
    public Rate newKeys(int count) {
        Jvm writer = group.get(0);
        writer.ask("prepare " + nextKeys++ + " 0 " + count + " " + BYTES);
        held += count;
        for (int i = 1; i < JVMS; i++) {
            heardBy[i] += count;
        }
        Rate rate = rate(List.of(writer), count);
        writer.ask("prepare 0 0 0 0");
        return rate;
    }

    /** All write new keys. */
    public Rate allWrite(int count) {
        int each = count / JVMS;
        for (int i = 0; i < JVMS; i++) {
            group.get(i).ask("prepare " + nextKeys++ + " 0 " + each + " " + BYTES);
            heardBy[i] += each * (JVMS - 1);
        }
        held += each * JVMS;
        Rate rate = rate(group.everybody(), each * JVMS);
        group.all("prepare 0 0 0 0");
        return rate;
    }

    private Rate rate(List<Jvm> writers, int count) {
        writers.forEach(writer -> writer.tell("write"));
        for (int i = 0; i < JVMS; i++) {
            group.get(i).tell("size " + held);
            if (heard) {
                group.get(i).tell("heardputs " + heardBy[i]);
            }
        }
        long begin = Long.MAX_VALUE;
        long written = 0;
        for (Jvm writer : writers) {
            String[] times = writer.answer().split(" ");
            begin = Math.min(begin, Long.parseLong(times[0]));
            written = Math.max(written, Long.parseLong(times[1]));
        }
        long holds = Group.lastDone(group.everybody());
        long end = heard ? Math.max(holds, Group.lastDone(group.everybody())) : holds;
        return new Rate(count * 1e9 / (end - begin), Math.max(0, holds - written) / 1e6);
    }

    /** One overwrites a hundred keys; gives writes a second, until all hold the last value of each. */
    public double hot(int writes) {
        held += hotKeysHeld ? 0 : HOT_KEYS;
        hotKeysHeld = true;
        Jvm writer = group.get(0);
        // Each time other values than before, or they would be found at once.
        writer.tell("hot " + HOT_KEYS + " " + hotWritten + " " + writes + " " + BYTES);
        hotWritten += writes;
        group.everybody().forEach(jvm -> jvm.tell("hotis " + HOT_KEYS + " " + hotWritten));
        long begin = Long.parseLong(writer.answer());
        long end = Group.lastDone(group.everybody());
        if (heard) {
            // How many of these were heard depends on the system: from here on counting begins anew.
            group.all("clearputs");
            Arrays.fill(heardBy, 0);
        }
        return writes * 1e9 / (end - begin);
    }
}
