package dev.parlor.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parlor.JoinException;
import dev.parlor.Room;
import dev.parlor.RoomBuilder;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.jgroups.JChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each stack is taken by JGroups as it is, and forms a room of two. All of it on loopback. */
class StacksTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"this-machine", "lan", "in-jvm"})
    void aRoomOfTwo(String stack) throws Exception {
        String xml = onLoopback(stack);
        String file = Files.writeString(folder.resolve(stack + ".xml"), xml).toString();
        new JChannel(file).close();
        String name = "stack-" + UUID.randomUUID();
        assertRoomOfTwo(() -> Room.named(name).stack(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"this-machine", "hosts"})
    void aRoomOfTwoWithAPassphraseThatNobodyElseGetsInto(String reach) throws Exception {
        String name = "stack-" + UUID.randomUUID();
        String host = "127.0.0.1:" + freePort();
        Builders secret = () -> reach(reach, name, host).passphrase("open sesame".toCharArray());
        assertRoomOfTwo(secret);
        try (Room inside = secret.builder().join()) {
            assertThatThrownBy(() -> reach(reach, name, host).passphrase("close sesame".toCharArray()).join())
                    .isInstanceOfSatisfying(JoinException.class, e ->
                            assertThat(e.reason()).isEqualTo(JoinException.Reason.WRONG_PASSPHRASE));
            assertThat(inside.stats().strangersRefused()).isPositive();
            inside.sessionData().put("secret", 1);
            assertIsKeptOut(reach(reach, name, host));
            assertThat(inside.participants()).hasSize(1);
        }
    }

    /** Who gives no passphrase is told that others do; over TCP it is alone. */
    private static void assertIsKeptOut(RoomBuilder without) {
        try (Room alone = without.join()) {
            assertThat(alone.sessionData().asMap()).isEmpty();
            assertThat(alone.participants()).hasSize(1);
        } catch (JoinException told) {
            assertThat(told.reason()).isEqualTo(JoinException.Reason.WRONG_PASSPHRASE);
        }
    }

    @Test
    void whoGivesNoPassphraseWhereOthersHaveOneIsToldSo() {
        String name = "stack-" + UUID.randomUUID();
        try (Room inside = Room.named(name).passphrase("open sesame".toCharArray()).join()) {
            assertThatThrownBy(() -> Room.named(name).join()).isInstanceOfSatisfying(JoinException.class, e ->
                    assertThat(e.reason()).isEqualTo(JoinException.Reason.WRONG_PASSPHRASE));
            assertThat(inside.participants()).hasSize(1);
        }
    }

    @Test
    void whoGivesAPassphraseWhereOthersHaveNoneIsToldSo() {
        String name = "stack-" + UUID.randomUUID();
        try (Room open = Room.named(name).join()) {
            assertThatThrownBy(() -> Room.named(name).passphrase("open sesame".toCharArray()).join())
                    .isInstanceOfSatisfying(JoinException.class, e ->
                            assertThat(e.reason()).isEqualTo(JoinException.Reason.WRONG_PASSPHRASE));
            assertThat(open.participants()).hasSize(1);
        }
    }

    @Test
    void knownHostsOnThisMachine() throws Exception {
        String name = "stack-" + UUID.randomUUID();
        String host = "localhost:" + freePort();
        assertRoomOfTwo(() -> Room.named(name).hosts(host));
    }

    private interface Builders {
        RoomBuilder builder();
    }

    private static RoomBuilder reach(String reach, String name, String host) {
        return reach.equals("hosts") ? Room.named(name).hosts(host) : Room.named(name);
    }

    private static void assertRoomOfTwo(Builders builders) {
        try (Room a = builders.builder().as("a").join()) {
            a.sessionData().put("big", "x".repeat(300_000));
            try (Room b = builders.builder().as("b").join()) {
                assertThat(b.sessionData().get("big", String.class)).hasValueSatisfying(
                        text -> assertThat(text).hasSize(300_000));
                a.awaitParticipants(2, SOON);
                b.sessionData().put("k", 1);
                await().atMost(SOON).until(() -> a.sessionData().containsKey("k"));
            }
            await().atMost(SOON).until(() -> a.participants().size() == 1);
        }
    }

    private static String onLoopback(String stack) throws Exception {
        try (InputStream in = StacksTest.class.getResourceAsStream("/parlor-stacks/" + stack + ".xml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("\\$\\{parlor.bind_addr:[^}]*}", "127.0.0.1")
                    .replace("7900", Integer.toString(freePort()))
                    .replace("ip_ttl=\"2\"", "ip_ttl=\"0\"");
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
