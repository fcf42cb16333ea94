package dev.parlor.it.lan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Addresses, cards, networks and sleep change at random, one after the other and together. Whenever all is well again, all are
 * together and hold the same, whatever was before. {@code -Dlan.sequences=100} for so many.
 */
@Tag("lan")
class RandomNetworksIT {
    private static final int HOSTS = 3;
    private static final int MOST_EVENTS = 5;
    private static final int MOST_PASSING_MILLIS = 9_000;
    private static final int FIRST_FREE_ADDRESS = 100;
    private static final int ADDRESSES = 100;

    private final long seed = Long.getLong("parlor.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<Host> hosts = new ArrayList<>();
    private final List<Program> programs = new ArrayList<>();
    private int written;
    private int changes;

    @Test
    void nobodyStaysApart() {
        int sequences = Integer.getInteger("lan.sequences", 5);
        System.out.println("lan: " + sequences + " sequences, repeat with -Dparlor.seed=" + seed);
        try (Lan lan = new Lan()) {
            Switch office = lan.network("192.168.9.0/24");
            Switch home = lan.network("10.55.0.0/24");
            boolean sealed = random.nextBoolean();
            for (int i = 0; i < HOSTS; i++) {
                Host host = lan.host().card("eth0", office);
                hosts.add(host);
                programs.add(host.starts("p" + i, Setup.lan().sealed(sealed)));
            }
            lan.awaitTogether(programs.toArray(Program[]::new));
            for (int i = 0; i < sequences; i++) {
                sequence(lan, office, home, i);
            }
        }
    }

    private void sequence(Lan lan, Switch office, Switch home, int number) {
        List<String> story = new ArrayList<>();
        List<Runnable> mending = new ArrayList<>();
        for (int events = 1 + random.nextInt(MOST_EVENTS); events > 0; events--) {
            int who = random.nextInt(HOSTS);
            story.add("p" + who + " " + change(hosts.get(who), programs.get(who), office, home, mending));
            write();
            Duration time = Duration.ofMillis(random.nextInt(MOST_PASSING_MILLIS));
            story.add(time.toMillis() + " ms");
            lan.pass(time);
        }
        mending.forEach(Runnable::run);
        write();
        System.out.println("lan: sequence " + number + " " + story);
        lan.awaitTogether(programs.toArray(Program[]::new));
        for (int i = 0; i < written; i++) {
            String key = "k" + i;
            assertThat(programs).as(key + " after " + story).allSatisfy(each -> assertThat(each.get(key)).isEqualTo("v"));
        }
    }

    /** Changes something, and says how it is made well. */
    private String change(Host host, Program program, Switch office, Switch home, List<Runnable> mending) {
        switch (random.nextInt(5)) {
            case 0 -> {
                host.readdress("eth0", "192.168.9." + (FIRST_FREE_ADDRESS + changes++ % ADDRESSES) + "/24");
                return "has another address";
            }
            case 1 -> {
                host.down("eth0");
                mending.add(() -> host.up("eth0"));
                return "is down";
            }
            case 2 -> {
                host.move("eth0", home);
                mending.add(() -> host.move("eth0", office));
                return "is on another network";
            }
            case 3 -> {
                host.plugged("eth0", false);
                mending.add(() -> host.plugged("eth0", true));
                return "has its cable out";
            }
            default -> {
                program.pause();
                mending.add(program::resume);
                return "sleeps";
            }
        }
    }

    /** At somebody who is awake, or nobody. */
    private void write() {
        programs.stream().filter(Program::isAwake).skip(random.nextInt(HOSTS)).findFirst().ifPresent(each -> each.put("k" + written++, "v"));
    }
}
