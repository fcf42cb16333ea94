package dev.parlor.it.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real faults on real JVMs: some in every build, and for as long as asked with {@code -Pfaults -Dfaults.minutes=N}; with {@code
 * -Dfaults.reach=lan} in rooms of the local network as users have them, else by UDP multicast, which loses more.
 */
class RealFaultsIT {
    /** In every build few, so that it is quick: cuts are one against two. For long more: cuts are also two against three. */
    private static final int FEW_HOSTS = 3;
    private static final int HOSTS = 5;

    @Test
    void nothingAcknowledgedIsLostWhateverBefallsTheParticipants(
            @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws IOException {
        String missing = Hosts.missing();
        assumeTrue(missing == null, missing);
        long seed = Long.getLong("faults.seed", System.nanoTime());
        int minutes = Integer.getInteger("faults.minutes", 0);
        int count = Integer.getInteger("faults.hosts", minutes == 0 ? FEW_HOSTS : HOSTS);
        boolean lan = "lan".equals(System.getProperty("faults.reach"));
        System.out.println("faults: " + count + " hosts" + (lan ? ", lan()" : "") + ", seed " + seed);
        Random random = new Random(seed);
        try (Hosts hosts = Hosts.up(count); Storm storm = new Storm(hosts, count, random, folder, lan)) {
            long begin = System.nanoTime();
            if (minutes == 0) {
                eachOnce(storm);
            } else {
                while (System.nanoTime() - begin < minutes * 60_000_000_000L) {
                    one(storm, random);
                }
            }
            Checker checker = storm.finish();
            System.out.printf("faults: %.1f minutes, %d hosts, %s; %s%n", (System.nanoTime() - begin) / 60e9, count,
                    storm.figures(), checker);
            assertThat(checker.findings).as("in the logs in " + folder).isEmpty();
            assertThat(List.of(checker.messages.due, checker.messages.direct, checker.userData.held,
                    checker.flushes.held)).as("how much was looked at: 0 proves nothing").doesNotContain(0L);
        }
    }

    private static void eachOnce(Storm storm) {
        storm.kill();
        storm.partition();
        storm.parts();
        storm.calm();
        storm.stop(4_000);
        storm.lose(20, 3_000);
        storm.killDuringSync();
        storm.rollingRestart();
        storm.interfaceDown();
        storm.calm();
    }

    private static void one(Storm storm, Random random) {
        int dice = random.nextInt(29);
        if (dice < 8) {
            storm.partition();
        } else if (dice < 12) {
            storm.parts();
        } else if (dice < 23) {
            storm.kill();
        } else {
            rare(storm, random, dice);
        }
    }

    private static void rare(Storm storm, Random random, int dice) {
        switch (dice) {
            case 23 -> storm.stop(4_000 + random.nextInt(16_000));
            case 24 -> storm.interfaceDown();
            case 25 -> storm.killDuringSync();
            case 26 -> storm.lose(20, 5_000 + random.nextInt(10_000));
            case 27 -> storm.calm();
            default -> storm.rollingRestart();
        }
    }
}
