package dev.parlor.internal.net.jgroups.secure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.SeededRandom;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Pbkdf2Test {
    private static final int KEY_BITS = 256;

    private static byte[] ofTheJdk(char[] passphrase, byte[] salt, int iterations) throws Exception {
        return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(passphrase, salt, iterations, KEY_BITS)).getEncoded();
    }

    private static void isAsOfTheJdk(char[] passphrase, byte[] salt, int iterations) throws Exception {
        char[] given = passphrase.clone();
        assertThat(Pbkdf2.derive(given, salt, iterations)).isEqualTo(ofTheJdk(passphrase, salt, iterations));
        assertThat(given).as("left as it was").isEqualTo(passphrase);
    }

    @ParameterizedTest
    @CsvSource({"passwd,salt,1,55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc",
            "Password,NaCl,80000,4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56"})
    void isAsRfc7914Says(String passphrase, String salt, int iterations, String first) {
        assertThat(HexFormat.of().formatHex(Pbkdf2.derive(passphrase.toCharArray(), salt.getBytes(StandardCharsets.US_ASCII), iterations)))
                .isEqualTo(first);
    }

    /** A block of SHA-256 is 64 bytes: a longer passphrase is hashed first. */
    @ParameterizedTest
    @ValueSource(ints = {1, 31, 32, 33, 55, 56, 63, 64, 65, 128, 1_000})
    void isAsTheJdksWhateverTheLength(int length) throws Exception {
        isAsOfTheJdk("x".repeat(length).toCharArray(), new byte[32], 3);
        isAsOfTheJdk("x".toCharArray(), new byte[length], 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Käse und Brot", "пароль", "合言葉", "🐎🔋", "half \ud83d of one", "\udc0e"})
    void isAsTheJdksWhateverTheLetters(String passphrase) throws Exception {
        isAsOfTheJdk(passphrase.toCharArray(), new byte[] {1, 2, 3}, 2);
    }

    @Test
    void isAsTheJdksOfAnything() throws Exception {
        Random random = SeededRandom.of(this);
        for (int i = 0; i < 300; i++) {
            char[] passphrase = new char[1 + random.nextInt(100)];
            for (int at = 0; at < passphrase.length; at++) {
                passphrase[at] = (char) random.nextInt(random.nextBoolean() ? 128 : 65_536);
            }
            byte[] salt = new byte[1 + random.nextInt(100)];
            random.nextBytes(salt);
            isAsOfTheJdk(passphrase, salt, 1 + random.nextInt(50));
        }
    }

    /** With the rests that it takes while it is not compiled. */
    @Test
    void isAsTheJdksWhereItRests() throws Exception {
        isAsOfTheJdk("open sesame".toCharArray(), "cave".getBytes(StandardCharsets.US_ASCII), 20_000);
    }
}
