package dev.parlor.testkit.record;

import dev.parlor.ParticipantId;
import dev.parlor.Room;
import dev.parlor.RoomEvent;
import dev.parlor.Subscription;
import dev.parlor.internal.net.Network;
import dev.parlor.internal.room.Backstage;
import dev.parlor.internal.room.RoomObserver;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes down what makes a room hold what it holds: what it held when the recording began, each frame that came and went, who was
 * there, each write, and each event with its time. {@link Replay} reads the file. For any room, also outside of tests: attach it
 * where a bug is hunted, and send the file with the report. The file has the session data and the messages in it, readable.
 *
 * <p>One recorder a room at a time. It costs a copy of each frame and a thread that writes; what would need more memory than
 * {@link #MAX_WAITING_BYTES} for the disk to follow is left out, and the file says so. Thread-safe.
 */
public final class RoomRecorder implements AutoCloseable {
    /** Bytes that wait to be written at most: some seconds of a busy room on a slow disk. */
    public static final long MAX_WAITING_BYTES = 64L << 20;
    /** Entries in a line of what the room held: a line stays small enough to be looked at. */
    private static final int ENTRIES_A_LINE = 200;
    /** Of an event: its values are in the frames. */
    private static final int MAX_EVENT_CHARS = 10_000;
    private static final Line END = new Line(0, Step.Kind.END, "", null, 0, 0);

    private final Room room;
    private final BlockingQueue<Line> waiting = new LinkedBlockingQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicLong leftOut = new AtomicLong();
    private final BufferedWriter out;
    private final Thread writer;
    private final Subscription events;
    private final long beginNanos = System.nanoTime();
    private IOException failure;
    private volatile boolean closed;

    /** What is to be written; bytes may be null. */
    private record Line(long nanos, Step.Kind kind, String text, byte[] bytes, int offset, int length) {}

    private RoomRecorder(Room room, Path file) throws IOException {
        this.room = room;
        out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        writer = new Thread(this::write, "parlor-recorder");
        writer.setDaemon(true);
        add(Step.Kind.ROOM, Stream.concat(Stream.of(room.name(), room.me().name()), room.participants().stream()
                .flatMap(each -> Stream.of(Long.toString(each.id().value()), each.name()))).collect(Collectors.joining(Lines.SEPARATOR)),
                null, 0, 0);
        StateDelta held = Backstage.observe(room, new Observer());
        held(Step.Kind.HELD, held);
        view(room.participants().stream().map(each -> Long.toString(each.id().value())).collect(Collectors.joining(" ")));
        events = room.on(RoomEvent.class, event -> add(Step.Kind.EVENT, shortly(event), null, 0, 0));
        writer.start();
    }

    /**
     * Begins to record a room.
     *
     * @param room a room that was joined by Parlor
     * @param file to be written, in place of what it holds; its folder must be there
     * @return ends the recording when it is closed
     * @throws UncheckedIOException if the file cannot be written
     */
    public static RoomRecorder attach(Room room, Path file) {
        try {
            return new RoomRecorder(room, file);
        } catch (IOException e) {
            throw new UncheckedIOException("the recording of " + room + " cannot be written to " + file, e);
        }
    }

    private void held(Step.Kind kind, StateDelta held) {
        List<StateDelta.KeyedValue> entries = held.entries();
        for (int i = 0; i == 0 || i < entries.size(); i += ENTRIES_A_LINE) {
            List<StateDelta.KeyedValue> some = entries.subList(i, Math.min(entries.size(), i + ENTRIES_A_LINE));
            delta(kind, new StateDelta(held.clear(), some, List.of()));
        }
    }

    private void delta(Step.Kind kind, StateDelta delta) {
        byte[] bytes = Lines.encode(delta);
        add(kind, "", bytes, 0, bytes.length);
    }

    private void view(String members) {
        add(Step.Kind.VIEW, members, null, 0, 0);
    }

    private void add(Step.Kind kind, String text, byte[] bytes, int offset, int length) {
        long size = length + 2L * text.length();
        if (waitingBytes.addAndGet(size) > MAX_WAITING_BYTES && !closed) {
            waitingBytes.addAndGet(-size);
            leftOut.incrementAndGet();
            return;
        }
        waiting.add(new Line(System.nanoTime() - beginNanos, kind, text, bytes, offset, length));
    }

    private void write() {
        try {
            out.write(Lines.HEADER);
            out.newLine();
            for (Line line; (line = waiting.take()) != END;) {
                out.write(Lines.format(line.nanos(), line.kind(), line.text(), line.bytes(), line.offset(), line.length()));
                out.newLine();
                waitingBytes.addAndGet(-(line.length() + 2L * line.text().length()));
                if (waiting.isEmpty()) {
                    // So that of a program that is killed little is missing.
                    out.flush();
                }
            }
        } catch (IOException e) {
            failure = e;
            Backstage.observe(room, null);
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
        StateDelta held = Backstage.observe(room, null);
        held(Step.Kind.FINALLY, held);
        add(Step.Kind.END, Long.toString(leftOut.get()), null, 0, 0);
        waiting.add(END);
        try {
            writer.join();
            out.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            failure = e;
        }
        if (failure != null) {
            throw new UncheckedIOException("the recording of " + room + " is not whole", failure);
        }
    }

    private final class Observer implements RoomObserver {
        @Override
        public void received(long from, boolean toAll, byte[] bytes, int offset, int length) {
            add(Step.Kind.IN, from + Lines.SEPARATOR + (toAll ? "all" : "me"), Arrays.copyOfRange(bytes, offset, offset + length), 0,
                    length);
        }

        @Override
        public void sent(long to, boolean toAll, byte[] frame) {
            add(Step.Kind.OUT, toAll ? "all" : Long.toString(to), frame, 0, frame.length);
        }

        @Override
        public void view(Network.View view) {
            RoomRecorder.this.view(view.members().stream().map(String::valueOf).collect(Collectors.joining(" ")));
        }

        @Override
        public void wrote(StateDelta delta) {
            delta(Step.Kind.WROTE, delta);
        }

        @Override
        public void compacted(long time) {
            add(Step.Kind.COMPACTED, Long.toString(time), null, 0, 0);
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
