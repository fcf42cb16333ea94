package dev.parlor.testkit.record;

import dev.parlor.internal.facade.Backstage;
import dev.parlor.internal.session.SessionReplica;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.value.TypeRegistry;
import dev.parlor.internal.value.UndecodableValueException;
import dev.parlor.internal.value.ValueCodec;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.FrameCodec;
import dev.parlor.internal.wire.MalformedFrameException;
import dev.parlor.testkit.internal.argument.Require;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A recording that is gone through step by step, on a replica of its own: what came, what was written, and what each changed.
 * Not thread-safe.
 *
 * <p>{@code java -cp … dev.parlor.testkit.record.Replay FILE [CLASS...]} prints all steps, with values of those classes as they are.
 */
public final class Replay implements AutoCloseable {
    private static final int MAX_CHARS = 120;

    private final BufferedReader in;
    private final ValueCodec codec;
    private final SessionReplica replica = new SessionReplica();
    private final SessionReplica recordedEnd = new SessionReplica();
    private final Map<Long, String> names = new LinkedHashMap<>();
    private int number;
    private long leftOut;
    private boolean ended;

    private Replay(BufferedReader in, ValueCodec codec) {
        this.in = in;
        this.codec = codec;
    }

    /**
     * Opens a recording.
     *
     * @param file what {@link RoomRecorder} wrote
     * @param types classes of values, so that they are shown as they are; of others the number of bytes is shown
     * @return the replay, before its first step
     * @throws UncheckedIOException if the file cannot be read or is no recording
     */
    public static Replay of(Path file, Class<?>... types) {
        Require.present(file, "the file", "pass what a RoomRecorder wrote");
        Require.all(types, "the classes");
        try {
            BufferedReader in = new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
            String header = in.readLine();
            if (!Lines.HEADER.equals(header)) {
                in.close();
                throw new IOException("it begins with " + header + ", a recording with " + Lines.HEADER);
            }
            return new Replay(in, new ValueCodec(TypeRegistry.of(List.of(types), Map.of())));
        } catch (IOException e) {
            throw new UncheckedIOException("no recording can be read from " + file + ": " + e, e);
        }
    }

    /**
     * Does the next step.
     *
     * @return the step; empty after the last one, or where the recording breaks off
     * @throws UncheckedIOException if the file cannot be read on, or is damaged there
     */
    public Optional<Step> next() {
        try {
            String line = in.readLine();
            Lines.Raw raw = line == null ? null : Lines.parse(line);
            if (raw == null) {
                return Optional.empty();
            }
            return Optional.of(step(raw));
        } catch (RuntimeException damaged) {
            throw new UncheckedIOException(new IOException("the recording is damaged after step " + number, damaged));
        } catch (IOException e) {
            throw new UncheckedIOException("the recording cannot be read on after step " + number, e);
        }
    }

    /**
     * Does all steps that are left.
     *
     * @return them
     */
    public List<Step> all() {
        List<Step> steps = new ArrayList<>();
        for (Optional<Step> step; (step = next()).isPresent();) {
            steps.add(step.get());
        }
        return steps;
    }

    /** {@return the session data after the last step that was done: keys and what they hold, in words} */
    public Map<String, String> sessionData() {
        Map<String, String> data = new TreeMap<>();
        replica.snapshot().forEach((key, value) -> data.put(key, value(value)));
        return data;
    }

    /**
     * Whether the replica holds what the room held when its recording ended.
     *
     * @return empty before the end, or if the recording has none
     */
    public Optional<Boolean> endsAsRecorded() {
        return ended ? Optional.of(replica.digest().root() == recordedEnd.digest().root()) : Optional.empty();
    }

    /** {@return how many things were left out of the recording, as the disk could not follow; known at its end} */
    public long leftOut() {
        return leftOut;
    }

    private Step step(Lines.Raw raw) {
        String text = raw.text();
        List<String> changes = List.of();
        try {
            switch (raw.kind()) {
                case ROOM -> {
                    String[] parts = text.split(Lines.SEPARATOR);
                    for (int i = 2; i + 1 < parts.length; i += 2) {
                        names.put(Long.parseLong(parts[i]), parts[i + 1]);
                    }
                    text = "room " + parts[0] + ", as " + parts[1];
                }
                case HELD, WROTE, APPLIED -> changes = apply(Lines.delta(raw.bytes()));
                case FINALLY -> recordedEnd.applyUnheard(Lines.delta(raw.bytes()));
                case VIEW -> text = text.isEmpty() ? "nobody" : String.join(", ", List.of(text.split(" ")).stream()
                        .map(id -> name(Long.parseLong(id))).toList());
                case IN -> {
                    String[] parts = text.split(Lines.SEPARATOR);
                    long from = Long.parseLong(parts[0]);
                    Frame.Numbered frame = FrameCodec.decode(from, raw.bytes(), 0, raw.bytes().length);
                    learn(from, frame.frame());
                    text = "from " + name(from) + " to " + parts[1] + ": " + describe(frame, raw.bytes().length);
                }
                case OUT -> text = "to " + (text.equals("all") ? text : name(Long.parseLong(text))) + ": "
                        + describe(FrameCodec.decode(1, raw.bytes(), 0, raw.bytes().length), raw.bytes().length);
                case COMPACTED -> {
                    Backstage.compact(replica, Long.parseLong(text));
                    text = "up to " + at(Long.parseLong(text) >>> Stamp.COUNTER_BITS);
                }
                case END -> {
                    ended = true;
                    leftOut = Long.parseLong(text);
                    text = "left out: " + text;
                }
                default -> {
                    // An event is its own text.
                }
            }
        } catch (MalformedFrameException e) {
            text += ": refused, " + e.getMessage();
        }
        return new Step(++number, Duration.ofNanos(raw.nanos()), raw.kind(), text, changes);
    }

    private List<String> apply(StateDelta delta) {
        List<String> changes = new ArrayList<>();
        if (delta.clear().after(replica.clear())) {
            changes.add("cleared by " + stamp(delta.clear()));
        }
        Map<String, @Nullable VersionedValue> before = new LinkedHashMap<>();
        delta.entries().forEach(each -> before.put(each.key(), replica.held(each.key())));
        replica.applyUnheard(delta);
        for (StateDelta.KeyedValue each : delta.entries()) {
            VersionedValue was = before.get(each.key());
            VersionedValue is = replica.held(each.key());
            if (is != null && is.equals(was) && each.value().equals(was)) {
                continue;
            }
            changes.add(each.value().equals(is) ? each.key() + ": " + described(was) + " -> " + described(is)
                    : each.key() + ": " + described(each.value()) + " loses against " + described(is));
        }
        return changes;
    }

    private void learn(long from, @Nullable Frame frame) {
        if (frame instanceof Frame.Presence presence && !presence.name().isEmpty()) {
            names.put(from, presence.name());
        } else if (frame instanceof Frame.SyncChunk chunk) {
            names.putAll(chunk.names());
        }
    }

    private String describe(Frame.Numbered numbered, int bytes) {
        Frame frame = numbered.frame();
        String kind = frame == null ? "Frame of a kind that is not known here," : frame.getClass().getSimpleName();
        String detail = frame instanceof Frame.Update update
                ? ", " + update.delta().entries().size() + " entries, " + update.messages().size() + " messages"
                : frame instanceof Frame.SyncChunk chunk ? ", " + chunk.delta().entries().size() + " entries" : "";
        return kind + " no. " + numbered.number() + detail + ", " + bytes + " bytes";
    }

    private String described(@Nullable VersionedValue value) {
        return value == null ? "nothing" : value(value) + " (" + stamp(value.stamp()) + ")";
    }

    private String value(VersionedValue value) {
        if (value.isTombstone()) {
            return "removed";
        }
        try {
            String text = String.valueOf(codec.decode(value.payload()));
            return text.length() > MAX_CHARS ? text.substring(0, MAX_CHARS) + "…" : text;
        } catch (UndecodableValueException unknown) {
            return value.bytes().length + " bytes";
        }
    }

    private String stamp(Stamp stamp) {
        return name(stamp.written().author()) + " at " + at(stamp.written().millis());
    }

    private static String at(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    private String name(long id) {
        String known = names.get(id);
        return known == null ? RoomRecorder.author(id) : known;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the recording cannot be closed", e);
        }
    }

    /**
     * Prints all steps of a recording.
     *
     * @param args the file, and names of classes of values
     * @throws ClassNotFoundException if there is no such class
     */
    public static void main(String[] args) throws ClassNotFoundException {
        if (args.length == 0) {
            System.err.println("usage: java -cp … dev.parlor.testkit.record.Replay FILE [CLASS...]");
            System.exit(2);
        }
        List<Class<?>> types = new ArrayList<>();
        for (String name : List.of(args).subList(1, args.length)) {
            types.add(Class.forName(name));
        }
        try (Replay replay = of(Path.of(args[0]), types.toArray(Class<?>[]::new))) {
            for (Optional<Step> step; (step = replay.next()).isPresent();) {
                System.out.println(step.get());
            }
            System.out.println(replay.endsAsRecorded().map(same -> same ? "The replay ends as the recording does."
                    : "The replay ends otherwise than the recording: something was left out.")
                    .orElse("The recording breaks off."));
        }
    }
}
