package dev.parlor.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.ProtocolDocument;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Digests are the numbers that docs/protocol.md gives. */
class DigestSamplesTest {
    private static final long TIME = 1_700_000_000_000L << Stamp.COUNTER_BITS;
    private final Map<String, String> said = ProtocolDocument.map("of what", "hexadecimal");

    @Test
    void eachIsWhatTheDocumentSays() {
        VersionedValue a = VersionedValue.of(new Stamp(TIME, 10), new byte[] {3, 'h', 'i' + 0x80 - 0x100});
        VersionedValue c = VersionedValue.tombstone(new Stamp(TIME + 2, 10));
        SessionReplica replica = new SessionReplica();
        replica.applyUnheard(StateDelta.of(List.of(new KeyedValue("a", a), new KeyedValue("c", c))));
        assertThat(said).containsEntry("mix(1)", hex(Digest.mix(1)))
                .containsEntry("the root of an empty map", hex(Digest.empty().root()))
                .containsEntry("key(\"a\")", hex(Digest.hashOf("a")))
                .containsEntry("the bucket of \"a\", decimal", Integer.toString(Digest.bucketOf("a")))
                .containsEntry("entry of \"a\" in the first [sample](#samples)", hex(Digest.hashOf("a", a)))
                .containsEntry("the root of a map with that entry, and the removed key \"c\" of the second sample",
                        hex(replica.digest().root()));
    }

    private static String hex(long number) {
        return HexFormat.of().toHexDigits(number);
    }
}
