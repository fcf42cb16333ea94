package dev.parlor.testkit.values;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Insets;
import java.awt.Point;
import java.awt.Rectangle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.*;
import java.time.chrono.HijrahDate;
import java.time.chrono.IsoChronology;
import java.time.chrono.IsoEra;
import java.time.chrono.JapaneseChronology;
import java.time.chrono.JapaneseDate;
import java.time.chrono.MinguoDate;
import java.time.chrono.ThaiBuddhistDate;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.*;
import java.util.concurrent.*;

/** Values of the JDK that people put into maps: all that travel, with the edges of each kind. */
final class JdkSamples {
    private JdkSamples() {}

    static List<Object> all() {
        List<Object> all = new ArrayList<>();
        all.addAll(simple());
        all.addAll(times());
        all.addAll(others());
        all.addAll(containers());
        all.addAll(arrays());
        return all;
    }

    /** Values that may be keys of maps and elements of sets: all but arrays, and containers of them. */
    static List<Object> keys() {
        List<Object> keys = new ArrayList<>(simple());
        keys.addAll(times());
        keys.addAll(others());
        keys.addAll(List.of(List.of(1, List.of(2)), Set.of("a"), Map.of("a", 1), Map.entry(1, 2), Optional.of(List.of(1))));
        return keys;
    }

    private static List<Object> simple() {
        return List.of("", "text", "t\u00e4xt", "\u5b57", "emoji \uD83D\uDE00", "half \uD83D", "nul \0", "x".repeat(5_000),
                "\u00fc".repeat(33), 'c', '\uD83D', '\0', true, false, (byte) -128, (short) -32768, 0, Integer.MIN_VALUE,
                Integer.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, 0.0, -0.0, Double.NaN, Double.MIN_VALUE,
                Double.NEGATIVE_INFINITY, 0f, -0f, Float.NaN, Float.MAX_VALUE, BigInteger.ZERO, BigInteger.ONE,
                new BigInteger("-123456789012345678901234567890"), BigDecimal.ZERO, BigDecimal.TEN, new BigDecimal("1.50"),
                new BigDecimal("1.5"), new BigDecimal("0.00"), new BigDecimal(BigInteger.TEN, Integer.MIN_VALUE),
                new MathContext(7, RoundingMode.HALF_EVEN), MathContext.UNLIMITED, RoundingMode.UP);
    }

    private static List<Object> times() {
        ZoneId vienna = ZoneId.of("Europe/Vienna");
        ZonedDateTime repeated = ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 0, vienna);
        return List.of(Instant.EPOCH, Instant.MIN, Instant.MAX, Instant.ofEpochSecond(-1, 999_999_999), Duration.ZERO,
                Duration.ofSeconds(Long.MIN_VALUE), Duration.ofSeconds(Long.MAX_VALUE, 999_999_999), Duration.ofMillis(-1),
                LocalDate.MIN, LocalDate.MAX, LocalDate.of(2024, 2, 29), LocalTime.MIN, LocalTime.MAX, LocalTime.of(7, 30),
                LocalDateTime.MIN, LocalDateTime.MAX, OffsetDateTime.MIN, OffsetDateTime.MAX, OffsetTime.MIN, OffsetTime.MAX,
                repeated, repeated.withLaterOffsetAtOverlap(), repeated.withFixedOffsetZone(), repeated.plusYears(1),
                ZonedDateTime.of(LocalDateTime.MIN, ZoneOffset.MAX), ZonedDateTime.of(LocalDateTime.MAX, ZoneOffset.MIN),
                ZonedDateTime.of(2026, 3, 29, 2, 30, 0, 1, vienna), ZonedDateTime.of(1890, 1, 1, 0, 0, 0, 0, vienna),
                ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneId.of("UTC+01:30")),
                ZonedDateTime.of(2026, 4, 5, 1, 45, 0, 0, ZoneId.of("Australia/Lord_Howe")).withLaterOffsetAtOverlap(),
                vienna, ZoneId.of("Z"), ZoneId.of("UTC"), ZoneId.of("UTC+01:00"), ZoneId.of("GMT-3"), ZoneId.of("EST", ZoneId.SHORT_IDS),
                ZoneOffset.UTC, ZoneOffset.MAX, ZoneOffset.MIN, ZoneOffset.ofHoursMinutesSeconds(1, 2, 3), Period.ZERO,
                Period.of(-1, 2, Integer.MIN_VALUE), Year.of(0), Year.of(Year.MIN_VALUE), Year.of(Year.MAX_VALUE),
                YearMonth.of(-44, 3), YearMonth.of(Year.MAX_VALUE, 12), MonthDay.of(2, 29), DayOfWeek.SUNDAY, Month.MAY,
                ChronoUnit.FOREVER, ChronoField.AMPM_OF_DAY, TimeUnit.DAYS, TextStyle.NARROW, IsoEra.BCE, IsoChronology.INSTANCE,
                JapaneseChronology.INSTANCE, JapaneseDate.of(2019, 5, 1), JapaneseDate.of(1989, 1, 7), HijrahDate.of(1446, 9, 1),
                MinguoDate.of(1, 1, 1), ThaiBuddhistDate.of(2567, 12, 31), new Date(0), new Date(Long.MIN_VALUE),
                new java.sql.Timestamp(1_234_567_890_123L), nanos(), java.sql.Date.valueOf("2026-10-25"),
                java.sql.Time.valueOf("12:00:01"), TimeZone.getTimeZone("Europe/Vienna"), TimeZone.getTimeZone("GMT+02:30"),
                calendar());
    }

    private static java.sql.Timestamp nanos() {
        java.sql.Timestamp time = new java.sql.Timestamp(-1);
        time.setNanos(123_456_789);
        return time;
    }

    private static GregorianCalendar calendar() {
        GregorianCalendar calendar = new GregorianCalendar(TimeZone.getTimeZone("America/New_York"), Locale.FRANCE);
        calendar.setTimeInMillis(-12_345_678_901_234L);
        calendar.setLenient(false);
        return calendar;
    }

    private static List<Object> others() {
        try {
            return List.of(new UUID(1, 2), URI.create("http://example.org/a?b=c#d"), URI.create(""), URI.create("mailto:a@b"),
                    URI.create("http://example.org/%C3%A4\u00e4"), Locale.ROOT, Locale.GERMANY, Locale.forLanguageTag("zh-Hant-TW"),
                    Locale.forLanguageTag("de-DE-u-co-phonebk"), Locale.forLanguageTag("de-DE-1996-x-foo"),
                    Locale.forLanguageTag("en-a-bar-t-fr-u-attr-ca-gregory-x-y"), Locale.forLanguageTag("sr-Latn"),
                    new Locale("ja", "JP", "JP"), new Locale("th", "TH", "TH"), new Locale("no", "NO", "NY"),
                    new Locale("xx-quite", "irregular", "Variant_of_it"), new Locale("", "DE"), new Locale("he"), new Locale("iw"),
                    new Locale.Builder().setLanguage("el").setVariant("polyton").setScript("Grek").build(),
                    Currency.getInstance("EUR"), Optional.empty(), Optional.of("x"), Optional.of(Optional.of(1)), OptionalInt.empty(),
                    OptionalInt.of(Integer.MIN_VALUE), OptionalLong.empty(), OptionalLong.of(Long.MIN_VALUE), OptionalDouble.empty(),
                    OptionalDouble.of(Double.NaN), new BitSet(), BitSet.valueOf(new long[] {0, 0, 5}), StandardCharsets.UTF_8,
                    StandardCharsets.ISO_8859_1, InetAddress.getByAddress(new byte[] {10, 0, 0, 1}),
                    InetAddress.getByAddress("ada.local", new byte[] {10, 0, 0, 2}), InetAddress.getByAddress(new byte[16]),
                    new InetSocketAddress(InetAddress.getByAddress("ada", new byte[] {10, 0, 0, 2}), 7900),
                    InetSocketAddress.createUnresolved("ada.local", 80), new Color(1, 2, 3, 4), new Point(-1, 2), new Dimension(3, 4),
                    new Rectangle(1, 2, 3, 4), new Insets(1, 2, 3, 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Object> containers() {
        Map<String, Integer> linked = new LinkedHashMap<>();
        linked.put("z", 1);
        linked.put(null, null);
        linked.put("a", 2);
        Map<DayOfWeek, String> ofEnum = new EnumMap<>(Map.of(DayOfWeek.FRIDAY, "f", DayOfWeek.MONDAY, "m"));
        Properties properties = new Properties();
        properties.setProperty("k", "v");
        NavigableMap<String, Integer> byCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byCase.putAll(Map.of("B", 1, "a", 2));
        Set<String> fromMap = Collections.newSetFromMap(new ConcurrentHashMap<>());
        fromMap.add("a");
        Set<String> withNull = new HashSet<>(Arrays.asList("a", null));
        return List.of(List.of(), List.of(1, "a", 2.0), Arrays.asList(1, null), new ArrayList<>(List.of(1)),
                new LinkedList<>(List.of(1)), new Vector<>(List.of(1)), new CopyOnWriteArrayList<>(List.of(1)),
                Collections.nCopies(3, "x"), List.of(1, 2, 3).subList(1, 2), Collections.unmodifiableList(new LinkedList<>(List.of(1))),
                Collections.synchronizedList(new ArrayList<>(List.of(1))), Collections.singletonList(null), Collections.emptyList(),
                new Stack<>(), new ArrayDeque<>(List.of(1, 2, 3)), new LinkedBlockingQueue<>(List.of("q")), new ConcurrentLinkedDeque<>(List.of(1)),
                new PriorityQueue<>(List.of(3, 1, 2)), Collections.asLifoQueue(new ArrayDeque<>(List.of(1, 2))),
                Collections.unmodifiableCollection(List.of(1)), linked.values(), new TreeMap<>(Map.of("z", 1, "a", 2)).values(),
                new ConcurrentHashMap<>(Map.of("a", 1)).values(), Set.of(), Set.of(1), Set.of(1, 2, 3), withNull,
                new LinkedHashSet<>(List.of("z", "a", "m")), new TreeSet<>(Set.of(3, 1, 2)), new TreeSet<>(Set.of(3, 1)).descendingSet(),
                EnumSet.of(DayOfWeek.MONDAY, DayOfWeek.SUNDAY), EnumSet.noneOf(Month.class), new CopyOnWriteArraySet<>(List.of(1)),
                new ConcurrentSkipListSet<>(Set.of("b", "a")), ConcurrentHashMap.newKeySet(), fromMap,
                linked.keySet(), linked.entrySet(), ofEnum.entrySet(), ofEnum.keySet(), new TreeMap<>(Map.of(1, 2)).entrySet(), Map.of("a", 1).entrySet(), Map.of(),
                Map.of("a", 1), Map.of("a", List.of(Map.of("b", 2L))), linked, new HashMap<>(linked), ofEnum, properties, byCase,
                new TreeMap<>(Map.of("z", 1, "a", 2)).headMap("m"), new ConcurrentHashMap<>(Map.of(1, 2)), new ConcurrentSkipListMap<>(Map.of(1, 2)),
                new WeakHashMap<>(Map.of("w", 1)), new Hashtable<>(Map.of("h", 1)), Collections.singletonMap("k", null),
                Collections.unmodifiableMap(linked), Collections.synchronizedMap(new HashMap<>(Map.of(1, 2))), Map.entry("k", 1),
                new AbstractMap.SimpleEntry<>(null, null), linked.entrySet().iterator().next(), List.of(new byte[] {1}), Map.of("a", new int[] {1}),
                Optional.of(List.of(1)), List.of(new ArrayDeque<>(List.of(1))), Set.of(List.of(1), List.of(2)));
    }

    private static List<Object> arrays() {
        return List.of(new byte[0], new byte[] {1, -1}, new short[] {1}, new int[] {1, Integer.MIN_VALUE}, new long[] {Long.MAX_VALUE},
                new float[] {Float.NaN}, new double[] {-0.0}, new boolean[] {true, false}, new char[] {'c', '\uD83D'}, new String[] {"a", null},
                new Object[] {1, "a", null, new Object[] {2}}, new int[][] {{1, 2}, {}, null}, new int[0][][], new int[2][3][4], new byte[1][1][1][1],
                new String[][] {{"a"}, null}, new Object[][] {{1}, new String[] {"a"}}, new Integer[] {1, null}, new Integer[][] {{1}}, new Long[] {1L},
                new Character[] {'c'}, new Boolean[0], new Double[] {1.0}, new UUID[] {new UUID(1, 2)}, new LocalDate[] {LocalDate.MIN}, new LocalDate[1][1],
                new Instant[][][] {{{Instant.EPOCH}}}, new BigDecimal[] {BigDecimal.ONE}, new DayOfWeek[] {DayOfWeek.MONDAY}, new List<?>[] {List.of(1), null},
                new Map<?, ?>[][] {{Map.of(1, 2)}}, new Set<?>[] {Set.of()}, new Collection<?>[] {List.of(1)}, new Map.Entry<?, ?>[] {Map.entry(1, 2)},
                new Optional<?>[] {Optional.empty()}, new Number[] {1, 2.0, BigInteger.ONE}, new Comparable<?>[] {"a", 1}, new CharSequence[] {"a"},
                new java.io.Serializable[] {1}, new ZoneId[] {ZoneOffset.UTC, ZoneId.of("Europe/Vienna")}, new Color[] {Color.RED},
                new java.sql.Timestamp[] {new java.sql.Timestamp(5)}, new JdkValuesTest.Box[] {new JdkValuesTest.Box(1), null},
                new JdkValuesTest.Box[][] {{new JdkValuesTest.Box(1)}}, new JdkValuesTest.Colour[] {JdkValuesTest.Colour.TEAL});
    }
}
