package dev.parlor.internal.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.InvalidArgumentException;
import dev.parlor.Room;
import org.junit.jupiter.api.Test;

class TextsTest {
    private static final String OTHERWISE = "pass some words";

    @Test
    void whatLooksTheSameIsTheSame() {
        assertThat(Texts.roomName("cafe\u0301")).isEqualTo(Texts.roomName("caf\u00e9")).isEqualTo("caf\u00e9");
        assertThat(Texts.roomName("\uD55C")).isEqualTo(Texts.roomName("\u1112\u1161\u11AB"));
        assertThat(Texts.passphrase("A\u030Angstro\u0308m".toCharArray(), OTHERWISE))
                .isEqualTo(Texts.passphrase("\u00C5ngstr\u00F6m".toCharArray(), OTHERWISE))
                .isEqualTo(Texts.passphrase("\u212Bngstr\u00F6m".toCharArray(), OTHERWISE));
    }

    @Test
    void whatLooksDifferentIsDifferent() {
        assertThat(Texts.roomName("\uFB01")).isNotEqualTo(Texts.roomName("fi"));
        assertThat(Texts.roomName("Standup")).isNotEqualTo(Texts.roomName("standup"));
        assertThat(Texts.roomName("\uD83D\uDE00")).isEqualTo("\uD83D\uDE00");
    }

    @Test
    void aNameToBeShownStaysAsItIs() {
        assertThat(Texts.requireName("the display name", "Andre\u0301")).isEqualTo("Andre\u0301");
    }

    @Test
    void aPassphraseIsCopied() {
        char[] typed = "secret".toCharArray();
        assertThat(Texts.passphrase(typed, OTHERWISE)).isEqualTo(typed).isNotSameAs(typed);
    }

    @Test
    void halfACharacterIsRefused() {
        for (String half : new String[] {"x\uD83D", "\uDE00x", "a\uDE00\uD83Db"}) {
            assertThatThrownBy(() -> Room.named(half)).isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("surrogate pair");
            assertThatThrownBy(() -> Room.named("room").as(half)).isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("surrogate pair");
            assertThatThrownBy(() -> Room.named("room").passphrase(half.toCharArray()))
                    .isInstanceOf(InvalidArgumentException.class).hasMessageContaining("surrogate pair")
                    .hasMessageNotContaining(half);
        }
    }

    @Test
    void nothingIsRefused() {
        assertThatThrownBy(() -> Room.named(" ")).isInstanceOf(InvalidArgumentException.class).hasMessageContaining("blank");
        assertThatThrownBy(() -> Texts.passphrase(new char[0], OTHERWISE)).isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("empty").hasMessageContaining(OTHERWISE);
        assertThatThrownBy(() -> Texts.passphrase(null, OTHERWISE)).isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("null");
    }
}
