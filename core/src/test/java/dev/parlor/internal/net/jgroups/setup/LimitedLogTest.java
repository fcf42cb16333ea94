package dev.parlor.internal.net.jgroups.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jgroups.util.Util;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class LimitedLogTest {
    private static final long A_MINUTE = 60_000_000_000L;

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> debugged = new CopyOnWriteArrayList<>();
    private boolean debugging;
    private long nanos = 5;
    private final LimitedLog log = new LimitedLog((Logger) Proxy.newProxyInstance(Logger.class.getClassLoader(),
            new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                if (method.getName().startsWith("is")) {
                    return debugging || !method.getName().contains("Debug");
                }
                if (method.getName().equals("debug")) {
                    debugged.add(arguments[0].toString());
                } else {
                    lines.add(method.getName() + " " + arguments[0]);
                }
                return null;
            }), () -> nanos);

    @Test
    void aFloodIsOneLineAMinuteAndItsCount() {
        for (int i = 0; i < 1_000; i++) {
            log.warn("bad packet %d of %s", i, "mallory");
            log.error("cannot read it", new IllegalStateException("length 5"));
        }
        // Written by another thread.
        await().untilAsserted(() -> assertThat(lines).containsExactly("warn bad packet 0 of mallory",
                "error cannot read it: java.lang.IllegalStateException: length 5"));

        nanos += A_MINUTE;
        log.warn("once more");
        await().untilAsserted(() ->
                assertThat(lines).hasSize(3).last().asString().startsWith("warn once more (and 999 more"));
    }

    /** By the texts of the JGroups that is used, with the arguments that it gives. */
    @Test
    void whatIsWarnedOfThoughAllIsWellIsForDebugging() {
        debugging = true;
        log.warn(Util.getMessage("OnlyLoopbackFound"), "IPv4");
        log.warn(Util.getMessage("SenderNotFound"), "Ada", "Bob");
        log.error(Util.getMessage("SenderNotFound"), "Ada", "Bob");
        log.warn("something else");
        await().untilAsserted(() -> assertThat(lines).hasSize(2));
        assertThat(lines.get(0)).startsWith("error JGRP000040: Ada");
        assertThat(lines.get(1)).as("which was not left out as one too many").isEqualTo("warn something else");
        assertThat(debugged).satisfiesExactly(line -> assertThat(line).startsWith("JGRP000026: ").endsWith("IPv4"),
                line -> assertThat(line).startsWith("JGRP000040: Ada: ").contains("Bob"));
    }
}
