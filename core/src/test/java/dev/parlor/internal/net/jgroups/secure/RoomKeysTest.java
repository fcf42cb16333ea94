package dev.parlor.internal.net.jgroups.secure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parlor.JoinException;
import dev.parlor.Room;
import dev.parlor.internal.net.RoomKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RoomKeysTest {
    private static final char[] SESAME = "open sesame".toCharArray();

    /** What was derived, in the arrays that it was given out in. */
    private final List<byte[]> derived = new CopyOnWriteArrayList<>();
    private final RoomKeys keys = new RoomKeys((passphrase, room) -> {
        byte[] key = (room + ": " + new String(passphrase)).getBytes(StandardCharsets.UTF_8);
        derived.add(key);
        return key;
    });

    private static String text(RoomKey key) {
        return new String(key.get(), StandardCharsets.UTF_8);
    }

    @Test
    void aKeyIsDerivedOnceForAllWhoHoldIt() {
        try (RoomKey one = keys.of(SESAME, "cave"); RoomKey other = keys.of(SESAME, "cave")) {
            assertThat(text(one)).isEqualTo("cave: open sesame").isEqualTo(text(other));
            try (RoomKey third = keys.of(SESAME, "cave")) {
                assertThat(text(third)).isEqualTo(text(one));
            }
            assertThat(derived).hasSize(1);
            assertThat(keys.kept()).isEqualTo(1);
        }
    }

    @Test
    void eachPassphraseAndEachRoomHasAKeyOfItsOwn() {
        try (RoomKey one = keys.of(SESAME, "cave"); RoomKey wrong = keys.of("open seasame".toCharArray(), "cave");
                RoomKey elsewhere = keys.of(SESAME, "grotto")) {
            assertThat(List.of(text(one), text(wrong), text(elsewhere)))
                    .containsExactly("cave: open sesame", "cave: open seasame", "grotto: open sesame");
            assertThat(derived).hasSize(3);
        }
    }

    @Test
    void whatNobodyHoldsIsOverwrittenAndForgotten() {
        RoomKey one = keys.of(SESAME, "cave");
        RoomKey other = keys.of(SESAME, "cave");
        one.get();
        other.get();
        one.close();
        one.close();
        assertThat(text(other)).as("still held").isEqualTo("cave: open sesame");
        other.close();
        assertThat(derived.get(0)).containsOnly(0);
        assertThat(keys.kept()).isZero();
        try (RoomKey later = keys.of(SESAME, "cave")) {
            assertThat(text(later)).isEqualTo("cave: open sesame");
            assertThat(derived).hasSize(2);
        }
    }

    /** Nobody takes zeros for a key. */
    @Test
    void thereIsNoKeyAfterTheEnd() {
        RoomKey key = keys.of(SESAME, "cave");
        key.get();
        key.close();
        assertThatThrownBy(key::get).isInstanceOf(IllegalStateException.class).hasMessageContaining("cave");
    }

    @Test
    void eachGetsACopy() {
        try (RoomKey key = keys.of(SESAME, "cave")) {
            key.get()[0] = 0;
            assertThat(text(key)).isEqualTo("cave: open sesame");
        }
    }

    @Test
    void thePassphraseMayBeOverwrittenAtOnce() {
        char[] given = SESAME.clone();
        try (RoomKey key = keys.of(given, "cave")) {
            Arrays.fill(given, '\0');
            assertThat(text(key)).isEqualTo("cave: open sesame");
        }
    }

    @Test
    void whoCallsDoesNotWaitAndWhatIsNotNeededAnyMoreIsNotKept() throws Exception {
        CountDownLatch mayGoOn = new CountDownLatch(1);
        List<char[]> passphrases = new CopyOnWriteArrayList<>();
        byte[] made = {1, 2, 3};
        RoomKeys slow = new RoomKeys((passphrase, room) -> {
            passphrases.add(passphrase);
            try {
                mayGoOn.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return made;
        });
        RoomKey key = slow.of(SESAME, "cave");
        await().until(() -> !passphrases.isEmpty());
        key.close();
        assertThat(slow.kept()).as("it is derived to its end").isEqualTo(1);
        mayGoOn.countDown();
        await().until(() -> slow.kept() == 0);
        assertThat(made).containsOnly(0);
        await().untilAsserted(() -> assertThat(passphrases.get(0)).as("its copy of the passphrase").containsOnly('\0'));
        assertThatThrownBy(key::get).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aDerivationThatFailsIsToldAndTriedAgain() {
        boolean[] fails = {true};
        RoomKeys failing = new RoomKeys((passphrase, room) -> {
            if (fails[0]) {
                throw new IllegalArgumentException("no such algorithm");
            }
            return new byte[] {1};
        });
        try (RoomKey key = failing.of(SESAME, "cave")) {
            assertThatThrownBy(key::get).hasRootCauseMessage("no such algorithm");
        }
        fails[0] = false;
        try (RoomKey key = failing.of(SESAME, "cave")) {
            assertThat(key.get()).containsExactly(1);
        }
        assertThat(failing.kept()).isZero();
    }

    @Test
    void notMoreAreKeptThanTheBound() {
        List<RoomKey> held = new ArrayList<>();
        for (int i = 0; i < RoomKeys.MAX_KEPT + 2; i++) {
            held.add(keys.of(SESAME, "room " + i));
            held.get(i).get();
        }
        assertThat(keys.kept()).isEqualTo(RoomKeys.MAX_KEPT);
        assertThat(text(held.get(RoomKeys.MAX_KEPT + 1))).as("not kept for others, and there").isEqualTo("room 257: open sesame");
        held.forEach(RoomKey::close);
        assertThat(keys.kept()).isZero();
        assertThat(derived).allSatisfy(each -> assertThat(each).containsOnly(0));
    }

    /** As {@link DatagramCipher} derives them. */
    @Test
    void theKeysOfThisJvmAreThoseOfTheProtocol() {
        try (RoomKey key = RoomKeys.begin(SESAME, "cave")) {
            assertThat(key.get()).isEqualTo(DatagramCipher.keyOf(SESAME, "cave"));
        }
    }

    @Test
    void roomsThatAreOpenShareAKeyWhichGoesWithTheLast() {
        String name = "keys-" + UUID.randomUUID();
        int before = RoomKeys.OF_THIS_JVM.kept();
        try (Room one = Room.named(name).passphrase(SESAME).join(); Room other = Room.named(name).passphrase(SESAME).join()) {
            assertThat(one.awaitParticipants(2, Duration.ofSeconds(30))).hasSize(2);
            assertThat(other.participants()).hasSize(2);
            assertThat(RoomKeys.OF_THIS_JVM.kept()).isEqualTo(before + 1);
            assertThatThrownBy(() -> Room.named(name).passphrase("close sesame".toCharArray()).join())
                    .isInstanceOfSatisfying(JoinException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(JoinException.Reason.WRONG_PASSPHRASE));
        }
        await().until(() -> RoomKeys.OF_THIS_JVM.kept() == before);
    }
}
