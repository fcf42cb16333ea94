package dev.parlor.internal.value.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.EncodingException;
import dev.parlor.internal.value.TypeRegistry;
import dev.parlor.internal.value.UndecodableValueException;
import dev.parlor.internal.value.ValueCodec;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

/** Values of the JDK whose parts do not say all, or say it to some readers only. */
class JdkPartsTest {
    private final ValueCodec codec = new ValueCodec(TypeRegistry.of(List.of(), Map.of()));

    private byte[] encode(Object value) {
        return codec.encode(value, () -> "the value", 1 << 20, "valueBytes");
    }

    @Test
    void aUriThatItsTextDoesNotGiveIsRefused() throws Exception {
        URI folder = URI.create("http://h/a/");
        for (URI odd : List.of(folder.relativize(URI.create("http://h/a/b:c")), folder.relativize(URI.create("http://h/a/1:c")))) {
            assertThatThrownBy(() -> encode(odd)).as("%s", odd).isInstanceOf(EncodingException.class)
                    .hasMessageContaining("share the absolute one");
        }
        for (URI uri : List.of(URI.create(""), folder, folder.relativize(URI.create("http://h/a/b")),
                new URI("http", null, "/a b\u00e9%", null))) {
            assertThat(codec.decode(encode(uri))).isEqualTo(uri);
        }
    }

    @Test
    void aCalendarOfAZoneThatIsUnknownHereIsUnreadable() {
        byte[] bytes = encode(new GregorianCalendar(TimeZone.getTimeZone("Europe/Vienna"), Locale.ROOT));
        bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("Vienn")] = 'W';
        assertThatThrownBy(() -> codec.decode(bytes)).isInstanceOf(UndecodableValueException.class)
                .hasMessageContaining("no time zone Europe/Wienna");
    }

    @Test
    void anAddressOfIpv6ThatStandsForOneOfIpv4IsKept() throws Exception {
        byte[] bytes = new byte[16];
        bytes[10] = bytes[11] = (byte) 0xff;
        bytes[15] = 1;
        for (InetAddress address : List.of(Inet6Address.getByAddress(null, bytes, -1), Inet6Address.getByAddress("host", bytes, -1),
                InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), InetAddress.getByName("::1"))) {
            assertThat(codec.decode(encode(address))).isEqualTo(address).hasToString(address.toString());
        }
    }

    @Test
    void aCharsetOfTheApplicationsIsRefused() {
        Charset own = new Charset("X-OWN", null) {
            @Override
            public boolean contains(Charset other) {
                return false;
            }

            @Override
            public CharsetDecoder newDecoder() {
                throw new UnsupportedOperationException();
            }

            @Override
            public CharsetEncoder newEncoder() {
                throw new UnsupportedOperationException();
            }
        };
        assertThatThrownBy(() -> encode(own)).isInstanceOf(EncodingException.class);
    }
}
