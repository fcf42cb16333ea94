package dev.parlor.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.SeededRandom;
import dev.parlor.internal.session.Digest;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.user.UserReplica.UserValue;
import dev.parlor.internal.wire.Frame.AppMessage;
import dev.parlor.internal.wire.Frame.Numbered;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameCodecTest {
    private static final long SENDER = 77;
    private final Random random = SeededRandom.of(this);

    @Test
    void everyFrameComesBackAsItWas() throws Exception {
        for (int i = 0; i < 500; i++) {
            for (Frame frame : frames()) {
                Numbered sent = new Numbered(random.nextInt(1000), frame);
                byte[] bytes = FrameCodec.encode(SENDER, sent);
                Numbered got = FrameCodec.decode(SENDER, bytes, 0, bytes.length);
                assertThat(got.number()).isEqualTo(sent.number());
                assertThat(got.frame()).usingRecursiveComparison().isEqualTo(frame);
            }
        }
    }

    @Test
    void whateverTheBytesAreNothingButMalformedFrameIsThrown() {
        for (int i = 0; i < 300; i++) {
            for (Frame frame : frames()) {
                byte[] bytes = FrameCodec.encode(SENDER, new Numbered(1, frame));
                byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length));
                assertThatThrownBy(() -> FrameCodec.decode(SENDER, cut, 0, cut.length))
                        .isInstanceOf(MalformedFrameException.class);
                for (int n = 0; n < 10; n++) {
                    byte[] changed = bytes.clone();
                    for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                        changed[random.nextInt(Math.min(changed.length, 64))] = (byte) random.nextInt();
                    }
                    decodeOrRefuse(changed);
                }
                byte[] noise = new byte[random.nextInt(64)];
                random.nextBytes(noise);
                decodeOrRefuse(noise);
            }
        }
    }

    private static void decodeOrRefuse(byte[] bytes) {
        try {
            assertThat(FrameCodec.decode(SENDER, bytes, 0, bytes.length)).isNotNull();
        } catch (MalformedFrameException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    @Test
    void theKeysOfABatchAreThoseOfTheEntriesAndTakeAByteOrTwoEach() throws Exception {
        List<KeyedValue> entries = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            entries.add(new KeyedValue("a key of the model/" + i, VersionedValue.of(new Stamp(5, SENDER), new byte[] {1})));
        }
        List<String> keys = new ArrayList<>(entries.stream().map(KeyedValue::key).toList());
        keys.add("not in this frame");
        StateDelta single = StateDelta.of(entries);
        StateDelta batch = new StateDelta(Stamp.ZERO, entries, List.of(new StateDelta.Batch(new Stamp(5, SENDER), keys)));
        byte[] bytes = FrameCodec.encode(SENDER, new Numbered(1, new Frame.Update(batch, 0, Map.of(), List.of())));
        int alone = FrameCodec.encode(SENDER, new Numbered(1, new Frame.Update(single, 0, Map.of(), List.of()))).length;
        assertThat(bytes.length - alone).isLessThan(2_100);
        StateDelta got = ((Frame.Update) FrameCodec.decode(SENDER, bytes, 0, bytes.length).frame()).delta();
        assertThat(got.batches().get(0).keys()).isEqualTo(keys);
        assertThat(got.batches().get(0).keys().get(7)).isSameAs(got.entries().get(7).key());
    }

    @Test
    void aFrameOfAnySizeComesBackAsItWas() throws Exception {
        for (int size : new int[] {100_000, 131_000, 131_040, 131_056, 131_072, 131_100, 1 << 20, 20 << 20}) {
            byte[] content = new byte[size];
            random.nextBytes(content);
            Frame frame = new Frame.Direct(1, 2, List.of(new AppMessage(AppMessage.Kind.MESSAGE, 3, content)));
            byte[] bytes = FrameCodec.encode(SENDER, new Numbered(7, frame));
            Numbered got = FrameCodec.decode(SENDER, bytes, 0, bytes.length);
            assertThat(got.number()).isEqualTo(7);
            assertThat(((Frame.Direct) got.frame()).messages().get(0).payload()).isEqualTo(content);
        }
    }

    @Test
    void theFramesThatFuzzersMakeHaveARightHead() throws Exception {
        for (Frame frame : frames()) {
            byte[] bytes = FrameCodec.encode(SENDER, new Numbered(7, frame));
            byte[] body = Arrays.copyOfRange(bytes, FrameCodec.HEADER_BYTES, bytes.length);
            assertThat(Framing.framed(bytes[2], 7, body)).isEqualTo(bytes);
        }
    }

    @Test
    void whatANewerVersionAddsToTheEndIsLeft() throws Exception {
        for (Frame frame : frames()) {
            byte[] bytes = FrameCodec.encode(SENDER, new Numbered(7, frame));
            byte[] body = Arrays.copyOfRange(bytes, FrameCodec.HEADER_BYTES, bytes.length + (frame instanceof Frame.Presence ? 1 : 0));
            if (frame instanceof Frame.Presence) {
                body[body.length - 1] = new Versions(1, 2).octet();
            }
            byte[] longer = Arrays.copyOf(body, body.length + 1 + random.nextInt(20));
            byte[] newer = Framing.framed(new Versions(1, 2), bytes[2], 7, longer);
            Numbered got = FrameCodec.decode(SENDER, newer, 0, newer.length);
            assertThat(got.number()).isEqualTo(7);
            assertThat(got.frame()).usingRecursiveComparison().ignoringFields("versions").isEqualTo(frame);

            byte[] cut = Arrays.copyOf(newer, newer.length - 1);
            assertRefused(cut);
            assertRefused(Framing.framed(bytes[2], 7, longer));
        }
    }

    private static void assertRefused(byte[] bytes) {
        assertThatThrownBy(() -> FrameCodec.decode(SENDER, bytes, 0, bytes.length)).isInstanceOf(MalformedFrameException.class)
                .isNotInstanceOf(OtherVersionException.class);
    }

    @Test
    void aFrameSaysInWhichVersionsItCanBeRead() throws Exception {
        for (int octet = 0; octet < 256; octet++) {
            byte[] bytes = FrameCodec.encode(SENDER, new Numbered(1, new Frame.Goodbye(7)));
            bytes[1] = (byte) octet;
            int lowest = octet & 0xF;
            int highest = lowest + (octet >> 4);
            if (lowest == 1) {
                assertThat(FrameCodec.decode(SENDER, bytes, 0, bytes.length).frame()).isEqualTo(new Frame.Goodbye(7));
            } else if (lowest == 0) {
                assertRefused(bytes);
            } else {
                // All that is known of another version are the first two bytes.
                for (int length : new int[] {2, 3, bytes.length}) {
                    assertThatThrownBy(() -> FrameCodec.decode(SENDER, bytes, 0, length))
                            .isInstanceOfSatisfying(OtherVersionException.class,
                                    other -> assertThat(other.versions()).isEqualTo(new Versions(lowest, highest)));
                }
            }
        }
    }

    @Test
    void presenceSaysWhichVersionsAreSpokenAndNothingIfItIsTheFirstAlone() throws Exception {
        for (Versions versions : new Versions[] {new Versions(1, 1), new Versions(1, 2), new Versions(2, 3), new Versions(15, 30)}) {
            Frame presence = new Frame.Presence(false, "a", 5, new UserValue(1, new byte[1]), 5, 5, -1, versions);
            byte[] bytes = FrameCodec.encode(SENDER, new Numbered(1, presence));
            assertThat(bytes.length).isEqualTo(FrameCodec.HEADER_BYTES + 10 + (versions.highest() == 1 ? 0 : 1));
            Frame.Presence got = (Frame.Presence) FrameCodec.decode(SENDER, bytes, 0, bytes.length).frame();
            assertThat(got.versions()).isEqualTo(versions);
        }
    }

    @Test
    void anUnknownKindIsSkippedIfItSaysSo() throws Exception {
        for (int kind = 0; kind < 256; kind++) {
            byte[] bytes = Framing.framed(kind, 7, new byte[random.nextInt(50)]);
            if (FrameKind.of(kind) == null && kind < 0x80) {
                assertRefused(bytes);
            } else if (FrameKind.of(kind) == null) {
                assertThat(FrameCodec.decode(SENDER, bytes, 0, bytes.length)).isEqualTo(new Numbered(7, null));
                assertRefused(Arrays.copyOf(bytes, bytes.length - 1));
                assertRefused(Framing.framed(kind, -1, new byte[0]));
            }
        }
    }

    @Test
    void anotherVersionIsRefusedWithAMessageThatSaysSo() {
        byte[] bytes = FrameCodec.encode(SENDER, new Numbered(1, new Frame.Goodbye(7)));
        bytes[1] = 2;
        assertThatThrownBy(() -> FrameCodec.decode(SENDER, bytes, 0, bytes.length))
                .isInstanceOf(MalformedFrameException.class).hasMessageContaining("protocol version 2");
    }

    private List<Frame> frames() {
        long[] buckets = random.longs(Digest.BUCKETS).toArray();
        return List.of(
                new Frame.Update(delta(), 3, Map.of(5L, 9L), messages()),
                new Frame.Direct(random.nextInt(100), 4, messages()),
                new Frame.WhoIsThere(),
                new Frame.Presence(random.nextBoolean(), text(), random.nextInt(1000), user(), 12345, 12346, random.nextInt(3) - 1),
                new Frame.Goodbye(7),
                new Frame.Announce(random.nextLong(), Map.of(1L, 2L, 3L, 4L), Map.of(5L, 6L), 7,
                        random.nextBoolean()),
                new Frame.Agree(random.nextLong()),
                new Frame.Conflicts(random.nextBoolean(), random.nextInt(5), List.of(new Frame.Conflict("k",
                        VersionedValue.of(new Stamp(1, 2), new byte[] {3}), VersionedValue.tombstone(new Stamp(4, 5)))), 6),
                new Frame.SyncRequest(3, buckets, stamp()),
                new Frame.SyncChunk(3, 1, true, 10, delta(), Map.of(8L, text()), Map.of(8L, 1L), new int[] {1, 1023}),
                new Frame.SyncAck(3, 7),
                new Frame.ConflictsHeard(3),
                new Frame.Replaced(random.nextBoolean(), random.nextInt(9), stamp(), 8,
                        new long[] {7, 9}, new long[] {3}, new long[] {random.nextLong(), 5, -1}),
                new Frame.Rekey(Frame.Rekey.Step.KEY, 4, bytes(60)),
                new Frame.Pong(99, 7),
                new Frame.Backlog(true));
    }

    private StateDelta delta() {
        List<KeyedValue> entries = new ArrayList<>();
        for (int n = random.nextInt(5); n > 0; n--) {
            Stamp stamp = stamp();
            entries.add(new KeyedValue(text(), random.nextInt(4) == 0 ? VersionedValue.tombstone(stamp)
                    : VersionedValue.of(stamp, bytes(1 + random.nextInt(200)))));
        }
        return new StateDelta(random.nextBoolean() ? Stamp.ZERO : stamp(), entries);
    }

    private Stamp stamp() {
        return new Stamp(random.nextLong(1L << 61), random.nextBoolean() ? SENDER : 1 + random.nextLong(1L << 61));
    }

    private List<AppMessage> messages() {
        List<AppMessage> messages = new ArrayList<>();
        AppMessage.Kind[] kinds = AppMessage.Kind.values();
        for (int n = random.nextInt(4); n > 0; n--) {
            messages.add(new AppMessage(kinds[random.nextInt(kinds.length)], random.nextInt(1000),
                    bytes(random.nextInt(50))));
        }
        return messages;
    }

    private UserValue user() {
        return new UserValue(random.nextInt(100), bytes(random.nextInt(20)));
    }

    private String text() {
        return "kü€𝄞".substring(0, 3) + random.nextInt(1000);
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
