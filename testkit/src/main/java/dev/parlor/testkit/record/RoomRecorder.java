package dev.parlor.testkit.record;

import dev.parlor.ParticipantId;
import dev.parlor.Room;
import dev.parlor.RoomEvent;
import dev.parlor.Subscription;
import dev.parlor.internal.facade.Backstage;
import dev.parlor.internal.machine.recording.RoomObserver;
import dev.parlor.internal.net.Network;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.testkit.internal.argument.Require;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what makes a room hold what it holds: what it held when the recording began, each frame that came and went, who was
 * there, each change of its session data, and each event with its time. {@link Replay} reads the file. For any room, also outside
 * of tests: attach it where a bug is hunted, and send the file with the report. The file has the session data and the messages in
 * it, readable.
 *
 * <p>One recorder a room at a time. It costs a copy of each frame and a thread that writes; what would need more memory than
 * {@link #MAX_WAITING_BYTES} for the disk to follow is left out, and the file says so. Thread-safe.
 */
public final class RoomRecorder implements AutoCloseable {
    /** Bytes that wait to be written at most: some seconds of a busy room on a slow disk. */
    public static final long MAX_WAITING_BYTES = 64L << 20;
    /** What a line costs in memory beside its bytes and text. */
    private static final int LINE_BYTES = 120;
    /** Of what the room held, in a line: small enough to be looked at. */
    private static final int HELD_LINE_BYTES = 64 * 1024;
    /** Of an event: its values are in what was applied. */
    private static final int MAX_EVENT_CHARS = 10_000;
    private static final Line END = new Line(0, Step.Kind.END, "", null);

    private final Room room;
    private final BlockingQueue<Line> waiting = new LinkedBlockingQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicLong leftOut = new AtomicLong();
    private final Observer observer = new Observer();
    private final BufferedWriter out;
    private final Thread writer = new Thread(this::write, "parlor-recorder");
    private final Subscription events;
    private final long beginNanos;
    private volatile @Nullable IOException failure;
    /** What comes before what the room held has been put down, to be put behind it. Guarded by itself, as is whether that has been. */
    private final List<Line> early = new ArrayList<>();
    private boolean begun;
    private boolean closed;

    /** What is to be written; bytes may be null. */
    private record Line(long nanos, Step.Kind kind, String text, byte @Nullable [] bytes) {
        long size() {
            return LINE_BYTES + (bytes == null ? 0 : bytes.length) + 2L * text.length();
        }
    }

    private RoomRecorder(Room room, Path file) throws IOException {
        this.room = room;
        beginNanos = Backstage.nanos(room);
        // A text that is not well-formed, such as half of an emoji, is written as far as it goes.
        out = new BufferedWriter(new OutputStreamWriter(Files.newOutputStream(file), StandardCharsets.UTF_8));
        writer.setDaemon(true);
        writer.start();
        StateDelta held;
        try {
            waiting.add(line(Step.Kind.ROOM, Stream.concat(Stream.of(room.name(), room.me().name()), room.participants().stream()
                    .flatMap(each -> Stream.of(Long.toString(each.id().value()), each.name())))
                    .map(part -> part.replace(Lines.SEPARATOR, " ")).collect(Collectors.joining(Lines.SEPARATOR)), null));
            held = Backstage.observe(room, observer);
        } catch (RuntimeException e) {
            finish();
            throw e;
        }
        held(Step.Kind.HELD, held);
        synchronized (early) {
            begun = true;
            waiting.addAll(early);
            early.clear();
        }
        observer.view(room.participants().stream().map(each -> each.id().value()).toList());
        events = Backstage.listen(room, RoomEvent.class, event -> add(Step.Kind.EVENT, shortly(event), null));
    }

    /**
     * Begins to record a room.
     *
     * @param room a room that was joined by Parlor
     * @param file to be written, in place of what it holds; its folder must be there
     * @return ends the recording when it is closed
     * @throws UncheckedIOException if the file cannot be written
     * @throws IllegalStateException if the room is being recorded already
     */
    public static RoomRecorder attach(Room room, Path file) {
        Require.present(room, "the room", "pass one that was joined");
        Require.present(file, "the file", "pass where to write");
        try {
            return new RoomRecorder(room, file);
        } catch (IOException e) {
            throw new UncheckedIOException("the recording of " + room + " cannot be written to " + file, e);
        }
    }

    /** Some entries a line; waits for the disk, since without them nothing that follows can be understood. */
    private void held(Step.Kind kind, StateDelta held) {
        List<StateDelta.KeyedValue> some = new ArrayList<>();
        long bytes = 0;
        for (StateDelta.KeyedValue entry : held.entries()) {
            some.add(entry);
            bytes += entry.key().length() + (entry.value().isTombstone() ? 0 : entry.value().bytes().length);
            if (bytes > HELD_LINE_BYTES) {
                addSurely(kind, new StateDelta(held.clear(), some, List.of()));
                some = new ArrayList<>();
                bytes = 0;
            }
        }
        addSurely(kind, new StateDelta(held.clear(), some, List.of()));
    }

    private void addSurely(Step.Kind kind, StateDelta delta) {
        Line line = line(kind, "", Lines.encode(delta));
        while (waitingBytes.get() > MAX_WAITING_BYTES && failure == null && writer.isAlive()) {
            LockSupport.parkNanos(1_000_000);
        }
        waitingBytes.addAndGet(line.size());
        waiting.add(line);
    }

    private Line line(Step.Kind kind, String text, byte @Nullable [] bytes) {
        return new Line(Backstage.nanos(room) - beginNanos, kind, text, bytes);
    }

    private void add(Step.Kind kind, String text, byte @Nullable [] bytes) {
        Line line = line(kind, text, bytes);
        if (waitingBytes.addAndGet(line.size()) > MAX_WAITING_BYTES) {
            waitingBytes.addAndGet(-line.size());
            leftOut.incrementAndGet();
        } else {
            synchronized (early) {
                if (begun) {
                    waiting.add(line);
                } else {
                    early.add(line);
                }
            }
        }
    }

    private void write() {
        try {
            out.write(Lines.HEADER);
            out.newLine();
            for (Line line; (line = waiting.take()) != END;) {
                out.write(Lines.format(line.nanos(), line.kind(), line.text(), line.bytes()));
                out.newLine();
                waitingBytes.addAndGet(-line.size());
                if (waiting.isEmpty()) {
                    // So that of a program that is killed little is missing.
                    out.flush();
                }
            }
        } catch (IOException e) {
            failure = e;
            Backstage.unobserve(room, observer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends the recording, with what the room holds then, by which a replay is checked. Calling it again does nothing.
     *
     * @throws UncheckedIOException if the file could not be written whole
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        events.close();
        StateDelta held = Backstage.unobserve(room, observer);
        if (held != null) {
            held(Step.Kind.FINALLY, held);
            waiting.add(line(Step.Kind.END, Long.toString(leftOut.get()), null));
        }
        finish();
        if (failure != null) {
            throw new UncheckedIOException("the recording of " + room + " is not whole", failure);
        }
    }

    private void finish() {
        waiting.add(END);
        try {
            writer.join();
            out.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            failure = e;
        }
    }

    private final class Observer implements RoomObserver {
        @Override
        public void received(long from, boolean toAll, byte[] bytes, int offset, int length) {
            add(Step.Kind.IN, from + Lines.SEPARATOR + (toAll ? "all" : "me"), Arrays.copyOfRange(bytes, offset, offset + length));
        }

        @Override
        public void sent(long to, boolean toAll, byte[] frame) {
            add(Step.Kind.OUT, toAll ? "all" : Long.toString(to), frame);
        }

        @Override
        public void view(Network.View view) {
            view(view.members());
        }

        private void view(List<Long> members) {
            add(Step.Kind.VIEW, members.stream().map(String::valueOf).collect(Collectors.joining(" ")), null);
        }

        @Override
        public void applied(StateDelta delta, boolean here) {
            if (!delta.isEmpty()) {
                add(here ? Step.Kind.WROTE : Step.Kind.APPLIED, "", Lines.encode(delta));
            }
        }

        @Override
        public void compacted(long time) {
            add(Step.Kind.COMPACTED, Long.toString(time), null);
        }
    }

    private static String shortly(RoomEvent event) {
        String text = event.toString();
        return text.length() > MAX_EVENT_CHARS ? text.substring(0, MAX_EVENT_CHARS) + "…" : text;
    }

    static String author(long author) {
        return author > Stamp.MAX_AUTHOR ? "a compaction" : new ParticipantId(author).toString();
    }
}
