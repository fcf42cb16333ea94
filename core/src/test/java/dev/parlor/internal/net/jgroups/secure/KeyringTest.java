package dev.parlor.internal.net.jgroups.secure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parlor.internal.net.RoomKey;
import dev.parlor.internal.net.jgroups.address.RoomAddress;
import java.security.GeneralSecurityException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class KeyringTest {
    private static final String ROOM = "cave";
    private static final byte[] OLD = new byte[32];
    private static final byte[] NEW = RoomAddress.sha256(OLD);

    private final Keyring anna = new Keyring(ROOM, OLD);
    private final Keyring ben = new Keyring(ROOM, OLD);

    private static boolean hears(Keyring from, Keyring to) throws GeneralSecurityException {
        byte[] sealed = from.seal(DatagramCipher.DATA, new byte[] {1, 2, 3}, 0, 3);
        DatagramCipher.Opened opened = to.open(sealed, 0, sealed.length);
        return opened != null && opened.bytes().length == 3;
    }

    @Test
    void whatIsAcceptedChangesNothingUntilItIsUsed() throws Exception {
        ben.accept(NEW);
        assertThat(hears(anna, ben)).isTrue();
        assertThat(hears(ben, anna)).isTrue();
    }

    @Test
    void underTheSecondKeyIsOpenedAndNothingSent() throws Exception {
        ben.accept(NEW);
        Keyring newer = new Keyring(ROOM, NEW);
        assertThat(hears(newer, ben)).isTrue();
        assertThat(hears(ben, newer)).as("until it is used").isFalse();
        ben.use(NEW);
        assertThat(hears(ben, newer)).isTrue();
        assertThat(hears(anna, ben)).as("under the former").isTrue();
        ben.forget(OLD);
        assertThat(hears(anna, ben)).isFalse();
    }

    @Test
    void whatWasNotAcceptedIsNotUsed() throws Exception {
        ben.use(NEW);
        assertThat(hears(anna, ben)).isTrue();
        assertThat(hears(ben, anna)).isTrue();
    }

    @Test
    void whatIsForgottenIsNotTaken() throws Exception {
        ben.accept(NEW);
        ben.forget(NEW);
        assertThat(hears(new Keyring(ROOM, NEW), ben)).isFalse();
        ben.forget(OLD);
        assertThat(hears(anna, ben)).as("the one that is used stays").isTrue();
    }

    @Test
    void theKeyIsWaitedForWhenItIsNeeded() throws Exception {
        FutureTask<byte[]> derived = new FutureTask<>(OLD::clone);
        Keyring later = new Keyring(ROOM, new Source(derived));
        byte[] sealed = anna.seal(DatagramCipher.DATA, new byte[] {1, 2, 3}, 0, 3);
        assertThat(later.isOfThisRoom(sealed, 0, sealed.length)).as("without any key").isTrue();
        assertThat(later.head()).isEqualTo(anna.head());
        FutureTask<DatagramCipher.Opened> opening = new FutureTask<>(() -> later.open(sealed, 0, sealed.length));
        Thread reader = new Thread(opening);
        reader.start();
        await().until(() -> reader.getState() == Thread.State.WAITING);
        derived.run();
        assertThat(opening.get().bytes()).containsExactly(1, 2, 3);
        later.await();
        assertThat(hears(later, anna)).isTrue();
    }

    @Test
    void afterTheEndNothingIsOpenedAndTheKeysAreOverwritten() throws Exception {
        FutureTask<byte[]> derived = new FutureTask<>(OLD::clone);
        derived.run();
        Source source = new Source(derived);
        Keyring closing = new Keyring(ROOM, source);
        byte[] next = NEW.clone();
        closing.accept(next);
        byte[] used = closing.used();
        closing.use(next);
        assertThat(hears(anna, closing)).isTrue();
        closing.close();
        assertThat(source.closed).isTrue();
        assertThat(hears(anna, closing)).isFalse();
        assertThat(used).containsOnly(0);
        assertThat(next).containsOnly(0);
    }

    /** Where a key comes from that takes its time. */
    private static final class Source implements RoomKey {
        private final FutureTask<byte[]> derived;
        private boolean closed;

        Source(FutureTask<byte[]> derived) {
            this.derived = derived;
        }

        @Override
        public byte[] get() {
            return RoomKeys.result(derived);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
