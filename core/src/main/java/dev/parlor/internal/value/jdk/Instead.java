package dev.parlor.internal.value.jdk;

import java.io.Closeable;
import java.io.File;
import java.net.URL;
import java.nio.Buffer;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.text.Format;
import java.time.chrono.Era;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Calendar;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Lock;
import java.util.regex.Pattern;
import java.util.stream.BaseStream;

/** What to share instead of objects of the JDK that do not travel: always something that does. */
public final class Instead {
    private static final String ATOMICS = "java.util.concurrent.atomic";

    /** By the kind of object; the first that fits counts. */
    private static final Map<Class<?>, String> INSTEAD = new LinkedHashMap<>();

    static {
        INSTEAD.put(Class.class, "share its name (getName()), since the class may be another one in another program");
        INSTEAD.put(Pattern.class, "share its text (pattern()), since a Pattern is equal only to itself");
        INSTEAD.put(URL.class, "share its toURI() or its text, since a URL asks the network whether it equals another");
        INSTEAD.put(Path.class, "share its text (toString()), or what is in the file, since a path means something on one "
                + "machine only");
        INSTEAD.put(File.class, "share its text (getPath()), or what is in the file, since a path means something on one "
                + "machine only");
        INSTEAD.put(CharSequence.class, "share its toString()");
        INSTEAD.put(Buffer.class, "share what is in it as an array");
        INSTEAD.put(BaseStream.class, "collect its elements into a List and share that");
        INSTEAD.put(Iterator.class, "collect its elements into a List and share that");
        INSTEAD.put(Enumeration.class, "collect its elements into a List and share that");
        INSTEAD.put(Iterable.class, "collect its elements into a List and share that");
        INSTEAD.put(Calendar.class, "share its toInstant()");
        INSTEAD.put(Era.class, "share its getValue() and the name of its calendar");
        INSTEAD.put(FileTime.class, "share its toInstant()");
        INSTEAD.put(Lock.class, "leave it out, or make the field transient, since a lock means something in one program only");
        INSTEAD.put(TemporalAccessor.class, "share it as a LocalDate, LocalDateTime, ZonedDateTime or Instant");
        INSTEAD.put(Format.class, "share its pattern as a text");
        INSTEAD.put(DateTimeFormatter.class, "share its pattern as a text");
        INSTEAD.put(Random.class, "share its seed");
        INSTEAD.put(Future.class, "share its result when it is there");
        INSTEAD.put(Throwable.class, "share its message or its toString()");
        INSTEAD.put(Closeable.class, "share what can be read from it, as a text or a byte[]");
    }

    private Instead() {}

    /** What to share instead of an object of a class of the JDK that does not travel. */
    public static String of(Class<?> type) {
        for (Map.Entry<Class<?>, String> each : INSTEAD.entrySet()) {
            if (each.getKey().isAssignableFrom(type)) {
                return each.getValue();
            }
        }
        if (type == Object.class) {
            return "leave it out, make the field that holds it transient, or share a record instead: it is equal only to itself";
        }
        if (type.getPackageName().equals(ATOMICS)) {
            return "share the value that it holds now";
        }
        return "share what it holds, in a record of your own (docs/values.md lists what travels of the JDK)";
    }
}
