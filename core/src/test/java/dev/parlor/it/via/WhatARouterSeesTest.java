package dev.parlor.it.via;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parlor.Room;
import dev.parlor.RoomBuilder;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What is in the bytes that go through a router. */
class WhatARouterSeesTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final List<String> SECRETS =
            List.of("Ada-Lovelace", "Grace-Hopper", "secret-key", "secret-value", "secret-message", "secret-user-data", "secret-room");

    private final String name = "secret-room-" + UUID.randomUUID();

    @Test
    void nothingOfARoomWithAPassphrase() throws Exception {
        try (LocalRouter router = LocalRouter.start(); Recorder recorder = Recorder.before(router)) {
            talk(recorder, true);
            assertThat(SECRETS).noneMatch(recorder::saw);
        }
    }

    /** Otherwise the test above would prove nothing. */
    @Test
    void allButTheNameOfAnOpenRoom() throws Exception {
        try (LocalRouter router = LocalRouter.start(); Recorder recorder = Recorder.before(router)) {
            talk(recorder, false);
            assertThat(SECRETS.subList(0, SECRETS.size() - 1)).allMatch(recorder::saw);
        }
    }

    private void talk(Recorder recorder, boolean sealed) {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (Room a = builder("Ada-Lovelace", recorder, sealed).onMessage(String.class, (text, from) -> heard.add(text)).join();
                Room b = builder("Grace-Hopper", recorder, sealed).userData("secret-user-data").join()) {
            a.awaitParticipants(2, SOON);
            b.sessionData().put("secret-key", "secret-value");
            b.send("secret-message");
            await().atMost(SOON).until(() -> a.sessionData().containsKey("secret-key") && heard.contains("secret-message"));
        }
    }

    private RoomBuilder builder(String participant, Recorder recorder, boolean sealed) {
        RoomBuilder builder = Room.named(name).as(participant).via(recorder.address());
        return sealed ? builder.passphrase("open sesame".toCharArray()) : builder;
    }
}
