package dev.parlor.testkit.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Five processes from start to end, and no orphan, whatever happens to the test. */
@DisplayName("of five JVMs")
class FiveJvmsIT {
    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e");

    @Test
    @DisplayName("all start, agree on ports, meet at a barrier, are killed and are gone")
    void fromStartToEnd() throws Exception {
        long begin = System.nanoTime();
        List<ProcessHandle> processes = new ArrayList<>();
        try (ControlRoom control = ControlRoom.open()) {
            for (String name : NAMES) {
                ParlorJvm jvm = control.run(name, there -> {
                    try (var socket = ControlRoomIT.anyPort()) {
                        there.publish("port/" + name, socket.getLocalPort());
                        for (String other : NAMES) {
                            there.await("port/" + other, Integer.class);
                        }
                        there.barrier("ready", 6);
                        Thread.currentThread().join();
                    }
                });
                processes.add(Processes.handle(jvm.pid()));
            }
            say("started", begin);
            assertThat(NAMES.stream().map(name -> control.await("port/" + name, Integer.class))).doesNotHaveDuplicates();
            say("agreed on ports", begin);
            control.barrier("ready", 6);
            say("met at the barrier", begin);
        }
        say("killed and gone", begin);
        assertThat(processes).noneMatch(ProcessHandle::isAlive);
    }

    private static void say(String what, long begin) {
        System.out.println("five JVMs: " + what + " after " + (System.nanoTime() - begin) / 1_000_000 + " ms");
    }

    /** A test of five JVMs, run as a JVM itself so that it can be killed. It hands out the numbers of its processes. */
    static void aWholeTest(ControlRoom outer) throws Exception {
        ControlRoom control = ControlRoom.open();
        List<ParlorJvm> jvms = NAMES.stream().map(name -> control.run(name, there -> {
            Process grandchild = new ProcessBuilder("sleep", "600").start();
            there.publish("grandchild/" + name, grandchild.pid());
            there.barrier("ready", 6);
            Thread.currentThread().join();
        })).toList();
        control.barrier("ready", 6);
        jvms.get(0).suspend();
        List<Long> pids = new ArrayList<>(jvms.stream().map(ParlorJvm::pid).toList());
        NAMES.forEach(name -> pids.add(control.await("grandchild/" + name, Long.class)));
        // Its children are the five JVMs and the shell that guards them.
        ProcessHandle.current().children().map(ProcessHandle::pid).filter(pid -> !pids.contains(pid)).forEach(pids::add);
        outer.publish("processes", pids);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    @DisplayName("none is left when the test's own JVM is killed by SIGKILL, not even one that is stopped")
    void noneOutlivesAKilledTest() throws Exception {
        try (ControlRoom control = ControlRoom.open()) {
            ParlorJvm test = control.run("test of five", there -> {
                aWholeTest(there);
                Thread.currentThread().join();
            });
            List<ProcessHandle> processes = pids(control);
            assertThat(processes).as("5 JVMs, 5 that these have started, 1 guard").hasSize(11).allMatch(ProcessHandle::isAlive);
            // The process alone, as the kernel would when memory is short; kill() would end what it has started as well.
            Processes.handle(test.pid()).destroyForcibly();
            for (ProcessHandle each : processes) {
                Processes.awaitGone(each);
            }
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    @DisplayName("none is left when the test's own JVM exits without closing anything")
    void noneOutlivesATestThatExits() throws Exception {
        try (ControlRoom control = ControlRoom.open()) {
            control.run("careless", there -> {
                aWholeTest(there);
                there.await("exit", Boolean.class);
                System.exit(0);
            });
            List<ProcessHandle> processes = pids(control);
            control.publish("exit", true);
            for (ProcessHandle each : processes) {
                Processes.awaitGone(each);
            }
        }
    }

    private static List<ProcessHandle> pids(ControlRoom control) {
        List<?> pids = control.await("processes", List.class);
        return IntStream.range(0, pids.size()).mapToObj(i -> Processes.handle((Long) pids.get(i))).toList();
    }
}
