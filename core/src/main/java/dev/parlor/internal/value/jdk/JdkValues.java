package dev.parlor.internal.value.jdk;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.parlor.internal.value.container.CollectionSerializers;
import dev.parlor.internal.value.io.Unshareable;
import java.math.MathContext;
import java.math.RoundingMode;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.chrono.ChronoLocalDate;
import java.time.chrono.Chronology;
import java.time.chrono.HijrahChronology;
import java.time.chrono.IsoChronology;
import java.time.chrono.JapaneseChronology;
import java.time.chrono.MinguoChronology;
import java.time.chrono.ThaiBuddhistChronology;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TimeZone;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How values of the JDK are written that Kryo 5.6.2 writes wrongly or not at all. Where the parts may not say all (a
 * {@link Locale} of an irregular form, a {@link TimeZone} with rules of its own), the writer makes the value of them as a
 * reader will, and refuses it if that is another one.
 */
final class JdkValues {
    private JdkValues() {}

    /** Kryo's own needs the module java.sql. */
    static final Serializer<Date> DATE = Parts.of((out, date) -> out.writeLong(date.getTime()), in -> new Date(in.readLong()));

    /** By its text. Where {@code relativize} or {@code resolve} made it, the text may be that of another one or of none. */
    static final Serializer<URI> URI_OF_TEXT = Parts.ofText(uri -> {
        String text = uri.toString();
        try {
            if (new URI(text).equals(uri)) {
                return text;
            }
        } catch (URISyntaxException e) {
            // It is refused as one whose text is another URI's.
        }
        throw new Unshareable("the URI " + text + ", whose text does not give it again (as where a relative path begins with a "
                + "part that has a colon, or with two slashes): share the absolute one, or its text");
    }, URI::create);

    /** By its instant: the local time alone says two instants in the hour that a clock shows twice. */
    static final Serializer<ZonedDateTime> ZONED_DATE_TIME = Parts.of((out, time) -> {
        out.writeVarLong(time.toEpochSecond(), false);
        out.writeVarInt(time.getNano(), true);
        out.writeString(time.getZone().getId());
    }, in -> ZonedDateTime.ofInstant(Instant.ofEpochSecond(in.readVarLong(false), in.readVarInt(true)),
            ZoneId.of(Parts.text(in))));

    static final Serializer<OptionalInt> OPTIONAL_INT = Parts.of((out, value) -> {
        out.writeBoolean(value.isPresent());
        value.ifPresent(number -> out.writeVarInt(number, false));
    }, in -> in.readBoolean() ? OptionalInt.of(in.readVarInt(false)) : OptionalInt.empty());

    static final Serializer<OptionalLong> OPTIONAL_LONG = Parts.of((out, value) -> {
        out.writeBoolean(value.isPresent());
        value.ifPresent(number -> out.writeVarLong(number, false));
    }, in -> in.readBoolean() ? OptionalLong.of(in.readVarLong(false)) : OptionalLong.empty());

    static final Serializer<OptionalDouble> OPTIONAL_DOUBLE = Parts.of((out, value) -> {
        out.writeBoolean(value.isPresent());
        value.ifPresent(out::writeDouble);
    }, in -> in.readBoolean() ? OptionalDouble.of(in.readDouble()) : OptionalDouble.empty());

    static final Serializer<MathContext> MATH_CONTEXT = Parts.of((out, context) -> {
        out.writeVarInt(context.getPrecision(), true);
        out.writeString(context.getRoundingMode().name());
    }, in -> new MathContext(in.readVarInt(true), RoundingMode.valueOf(Parts.text(in))));

    /** What the parts of a locale are put together by, from the most usual to the rarest. */
    private enum LocaleForm {
        PLAIN(parts -> new Locale(parts.getLanguage(), parts.getCountry(), parts.getVariant())),
        BUILT(parts -> {
            Locale.Builder builder = new Locale.Builder().setLanguage(parts.getLanguage()).setScript(parts.getScript())
                    .setRegion(parts.getCountry()).setVariant(parts.getVariant());
            parts.getExtensionKeys().forEach(key -> builder.setExtension(key, parts.getExtension(key)));
            return builder.build();
        }),
        TAGGED(parts -> Locale.forLanguageTag(parts.toLanguageTag()));

        private final UnaryOperator<Locale> made;

        LocaleForm(UnaryOperator<Locale> made) {
            this.made = made;
        }

        boolean suits(Locale locale) {
            try {
                return made.apply(locale).equals(locale);
            } catch (IllformedLocaleException e) {
                return false;
            }
        }
    }

    static final Serializer<Locale> LOCALE = Parts.of(JdkValues::writeLocale, JdkValues::readLocale);

    private static void writeLocale(Output out, Locale locale) {
        for (LocaleForm form : LocaleForm.values()) {
            if (form.suits(locale)) {
                out.writeByte(form.ordinal());
                if (form == LocaleForm.TAGGED) {
                    out.writeString(locale.toLanguageTag());
                    return;
                }
                out.writeString(locale.getLanguage());
                out.writeString(locale.getCountry());
                out.writeString(locale.getVariant());
                if (form == LocaleForm.BUILT) {
                    out.writeString(locale.getScript());
                    out.writeVarInt(locale.getExtensionKeys().size(), true);
                    locale.getExtensionKeys().forEach(key -> {
                        out.writeChar(key);
                        out.writeString(locale.getExtension(key));
                    });
                }
                return;
            }
        }
        throw new Unshareable("the locale " + locale + ", which no other program can make again: use one that "
                + "Locale.forLanguageTag gives");
    }

    private static Locale readLocale(Input in) {
        int form = in.readByte();
        if (form == LocaleForm.TAGGED.ordinal()) {
            return Locale.forLanguageTag(Parts.text(in));
        }
        String language = Parts.text(in);
        String country = Parts.text(in);
        String variant = Parts.text(in);
        if (form == LocaleForm.PLAIN.ordinal()) {
            return new Locale(language, country, variant);
        } else if (form != LocaleForm.BUILT.ordinal()) {
            throw new KryoException("a locale of form " + form);
        }
        Locale.Builder builder = new Locale.Builder().setLanguage(language).setRegion(country).setVariant(variant)
                .setScript(Parts.text(in));
        int extensions = CollectionSerializers.readSize(in);
        for (int i = 0; i < extensions; i++) {
            builder.setExtension(in.readChar(), Parts.text(in));
        }
        return builder.build();
    }

    /** The calendars of the JDK. By name, {@code Chronology.of} would ask every provider on the class path. */
    private static final Map<String, Chronology> CHRONOLOGIES = Map.of("ISO", IsoChronology.INSTANCE,
            "Hijrah-umalqura", HijrahChronology.INSTANCE, "Japanese", JapaneseChronology.INSTANCE,
            "Minguo", MinguoChronology.INSTANCE, "ThaiBuddhist", ThaiBuddhistChronology.INSTANCE);

    static final Serializer<Chronology> CHRONOLOGY = Parts.ofText(chronology ->
            known(chronology, CHRONOLOGIES.get(chronology.getId())).getId(), JdkValues::chronology);

    /** Dates of the calendars other than the ISO one, by their day. */
    static final Serializer<ChronoLocalDate> CHRONO_DATE = Parts.of((out, date) -> {
        out.writeString(known(date.getChronology(), CHRONOLOGIES.get(date.getChronology().getId())).getId());
        out.writeVarLong(date.toEpochDay(), false);
    }, in -> chronology(Parts.text(in)).dateEpochDay(in.readVarLong(false)));

    private static Chronology chronology(String id) {
        Chronology found = CHRONOLOGIES.get(id);
        if (found == null) {
            throw new KryoException("no calendar " + id);
        }
        return found;
    }

    /** A value that a reader will find under its name, or none. */
    private static <T> T known(T value, @Nullable T found) {
        if (!value.equals(found)) {
            throw new Unshareable("a " + value.getClass().getSimpleName() + " with rules of its own, which do not travel with its "
                    + "name: share what your programs make it of");
        }
        return value;
    }

    static final Serializer<TimeZone> TIME_ZONE = Parts.ofText(zone -> known(zone, TimeZone.getTimeZone(zone.getID())).getID(),
            JdkValues::zoneNamed);

    /** Of a name that it does not know, the JDK makes GMT. */
    private static TimeZone zoneNamed(String id) {
        TimeZone zone = TimeZone.getTimeZone(id);
        if (!zone.getID().equals(id)) {
            throw new KryoException("no time zone " + id + " is known here");
        }
        return zone;
    }

    static final Serializer<GregorianCalendar> CALENDAR = Parts.of((out, calendar) -> {
        out.writeLong(millisOf(calendar));
        out.writeString(known(calendar.getTimeZone(), TimeZone.getTimeZone(calendar.getTimeZone().getID())).getID());
        out.writeBoolean(calendar.isLenient());
        out.writeVarInt(calendar.getFirstDayOfWeek(), true);
        out.writeVarInt(calendar.getMinimalDaysInFirstWeek(), true);
        out.writeLong(calendar.getGregorianChange().getTime());
    }, in -> {
        long millis = in.readLong();
        GregorianCalendar calendar = new GregorianCalendar(zoneNamed(Parts.text(in)), Locale.ROOT);
        calendar.setLenient(in.readBoolean());
        calendar.setFirstDayOfWeek(in.readVarInt(true));
        calendar.setMinimalDaysInFirstWeek(in.readVarInt(true));
        calendar.setGregorianChange(new Date(in.readLong()));
        calendar.setTimeInMillis(millis);
        return calendar;
    });

    private static long millisOf(GregorianCalendar calendar) {
        try {
            return calendar.getTimeInMillis();
        } catch (IllegalArgumentException e) {
            throw new Unshareable("a GregorianCalendar that is not lenient, whose fields name no time (" + e.getMessage()
                    + "): set them to a date that there is");
        }
    }

    /** Loaded when first asked for: by a name that it does not know, the JDK asks every provider on the class path. */
    private static final class Charsets {
        private static final Map<String, Charset> BY_NAME = Charset.availableCharsets();
    }

    static final Serializer<Charset> CHARSET = Parts.ofText(set -> known(set, Charsets.BY_NAME.get(set.name())).name(), name -> {
        Charset found = Charsets.BY_NAME.get(name);
        if (found == null) {
            throw new KryoException("no charset " + name + " is known here");
        }
        return found;
    });

    private static final int IPV6_BYTES = 16;
    /** As {@link Inet6Address#getByAddress(String, byte[], int)} has it. */
    private static final int NO_SCOPE = -1;

    static final Serializer<InetAddress> ADDRESS = Parts.of(JdkValues::writeAddress, JdkValues::readAddress);

    static final Serializer<InetSocketAddress> SOCKET_ADDRESS = Parts.of((out, address) -> {
        out.writeVarInt(address.getPort(), true);
        out.writeBoolean(address.isUnresolved());
        if (address.isUnresolved()) {
            out.writeString(address.getHostString());
        } else {
            writeAddress(out, address.getAddress());
        }
    }, in -> {
        int port = in.readVarInt(true);
        return in.readBoolean() ? InetSocketAddress.createUnresolved(Parts.text(in), port)
                : new InetSocketAddress(readAddress(in), port);
    });

    /** With the name that it was made with, if any: to ask for it would be to ask the network. */
    private static void writeAddress(Output out, InetAddress address) {
        String text = address.toString();
        byte[] bytes = address.getAddress();
        out.writeString(text.substring(0, Math.max(0, text.indexOf('/'))));
        out.writeByte(bytes.length);
        out.writeBytes(bytes);
    }

    private static InetAddress readAddress(Input in) {
        String name = Parts.text(in);
        byte[] bytes = in.readBytes(in.readByte());
        try {
            String host = name.isEmpty() ? null : name;
            // Of one of IPv6 that stands for one of IPv4 InetAddress would make the latter.
            return bytes.length == IPV6_BYTES ? Inet6Address.getByAddress(host, bytes, NO_SCOPE)
                    : InetAddress.getByAddress(host, bytes);
        } catch (UnknownHostException e) {
            throw new KryoException("an address of " + bytes.length + " bytes", e);
        }
    }
}
