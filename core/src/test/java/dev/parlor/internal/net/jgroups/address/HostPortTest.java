package dev.parlor.internal.net.jgroups.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.InvalidArgumentException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {
    @ParameterizedTest
    @CsvSource({"ada.local, ada.local, 0", "ada.local:7900, ada.local, 7900", "192.0.2.7, 192.0.2.7, 0", "192.0.2.7:1, 192.0.2.7, 1",
            "192.0.2.7:65535, 192.0.2.7, 65535", "' ada ', ada, 0", "2001:db8::7, 2001:db8::7, 0", "[2001:db8::7], 2001:db8::7, 0",
            "[2001:db8::7]:7900, 2001:db8::7, 7900", "::1, ::1, 0", "[::1]:80, ::1, 80", "fe80::1%eth0, fe80::1%eth0, 0",
            "[fe80::1%eth0]:7900, fe80::1%eth0, 7900", "::ffff:192.0.2.7, ::ffff:192.0.2.7, 0", "2001:db8::7:7900, 2001:db8::7:7900, 0"})
    void hosts(String text, String host, int port) {
        assertThat(HostPort.parse(text)).isEqualTo(new HostPort(host, port));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {" ", "a b", "ada:", "ada:0", "ada:65536", "ada:99999", "ada:123456", "ada:-1", "ada:x", "ada:79 00", ":7900",
            "[::1", "::1]", "[]", "[]:7900", "[ada]x", "[::1]:", "[::1]:0", "a:b:c", "http://ada", "ada:7900:1"})
    void rubbish(String text) {
        assertThatThrownBy(() -> HostPort.parse(text)).isInstanceOf(InvalidArgumentException.class).hasMessageContaining("is not a host");
    }

    @Test
    void itsAddresses() {
        assertThat(HostPort.parse("[::1]:7900").resolve()).singleElement().satisfies(each -> assertThat(each.isLoopbackAddress()).isTrue());
        assertThat(HostPort.parse("127.0.0.1").resolve()).hasSize(1);
        assertThat(HostPort.parse("no-such-host.invalid").resolve()).isEmpty();
    }

    @Test
    void itIsShownAsItWasWritten() {
        assertThat(HostPort.parse("ada")).hasToString("ada");
        assertThat(HostPort.parse("ada:7900")).hasToString("ada:7900");
        assertThat(HostPort.parse(HostPort.parse("[::1]:7900").toString())).as("what is shown can be written")
                .isEqualTo(new HostPort("::1", 7_900));
    }
}
