package dev.parlor.internal.net.jgroups.secure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.internal.net.jgroups.address.RoomAddress;
import java.security.GeneralSecurityException;
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
}
