package dev.parlor.internal.value;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.parlor.Bounds;
import java.awt.Color;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZonedDateTime;
import java.time.chrono.JapaneseDate;
import java.time.chrono.ThaiBuddhistChronology;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Currency;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Values made of whatever bytes: they are values, or undecodable, and nothing else. */
class ValueFuzz {
    enum Colour { RED, TEAL }

    record Poll(String question, List<String> options, Map<String, Integer> votes, Colour colour, int[] weights) {}

    private static final class Card {
        private String title;
        private double width;
        private Card over;
        private Object anything;
    }

    private static final ValueCodec CODEC = new ValueCodec(TypeRegistry.of(List.of(),
            Map.of(Colour.class, 1, Poll.class, 2, Card.class, 3, Poll[].class, 4)));

    /** Inputs to begin with: something of each kind. */
    static Stream<byte[]> values() {
        Card card = new Card();
        card.title = "a card";
        card.over = new Card();
        card.anything = List.of(new BigDecimal("1.5"), UUID.randomUUID(), Instant.EPOCH, ZonedDateTime.now(), Locale.ROOT,
                Optional.of(Duration.ZERO), BitSet.valueOf(new long[] {5}), URI.create("a:b"), Currency.getInstance("EUR"));
        Poll poll = new Poll("Tea?", List.of("yes", "no"), Map.of("Ada", 1), Colour.RED, new int[] {1, 2});
        return Stream.of("text", "tüxt", 1, 2L, 3.0, true, 'c', Set.of(1, "a"), Map.of("k", List.of(1, 2)), card, poll,
                        new Poll[] {poll}, new Object[] {1, "a"}, new String[] {"a"}, new byte[3], new long[2],
                        new double[2], new float[2], new boolean[2], new short[2], new char[2], BigInteger.TWO, new Date(),
                        DayOfWeek.MONDAY, OptionalInt.of(5), OptionalDouble.empty(), Map.entry("k", 1), new ArrayDeque<>(List.of(1)),
                        Locale.forLanguageTag("zh-Hant-TW-u-co-stroke"), new Locale("no", "NO", "NY"), JapaneseDate.of(2019, 5, 1),
                        ThaiBuddhistChronology.INSTANCE, TimeZone.getTimeZone("Europe/Vienna"), new GregorianCalendar(),
                        StandardCharsets.UTF_16, InetAddress.getLoopbackAddress(), InetSocketAddress.createUnresolved("ada", 1),
                        MathContext.DECIMAL64, new int[][] {{1}}, new UUID[1][1], new Number[] {1, 2.0}, new Color(1, 2, 3),
                        new Timestamp(5), OffsetDateTime.MIN, Year.of(5), Set.of(Optional.of(List.of(1))))
                .map(value -> CODEC.encode(value, () -> "", Integer.MAX_VALUE, ""));
    }

    @MethodSource
    @FuzzTest
    void values(byte[] input) {
        Bounds.check(input.length, () -> {
            try {
                return CODEC.decode(input);
            } catch (UndecodableValueException expected) {
                return null;
            }
        });
    }
}
