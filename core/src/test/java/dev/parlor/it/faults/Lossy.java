package dev.parlor.it.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jgroups.Message;
import org.jgroups.protocols.DISCARD;

/**
 * JGroups' protocol that loses packets, put into the stack by its name and told at run time how many. It can also end the
 * program without a word while it hands its state to a joiner.
 */
public final class Lossy extends DISCARD {
    /** Whatever is larger and for one member is part of a state: a chunk is about 48 KiB. */
    private static final int CHUNK_BYTES = 10_000;
    /** Of some megabytes: a moment at which something was handed over and most was not. */
    private static final int CHUNKS_BEFORE_THE_END = 12;
    private static final int LIKE_A_KILL = 137;
    private static volatile Lossy instance;
    /** The file that whoever ends makes first, so that no second one ends; or null. */
    private static volatile Path end;
    private int chunks;

    /** Called by JGroups. */
    public Lossy() {
        instance = this;
    }

    /** Loses so many percent of what arrives. */
    static void lose(int percent) {
        instance.setUpDiscardRate(percent / 100.0);
    }

    /**
     * From now on the program ends when it serves somebody, unless another did before it: the joiner goes on with the
     * next source at once, and the last must not end.
     *
     * @param file that whoever ends makes, and that is not there yet
     */
    static void endWhenServing(Path file) {
        instance.chunks = 0;
        end = file;
    }

    /** From now on it serves whoever asks. */
    static void goOnServing() {
        end = null;
    }

    @Override
    public Object down(Message message) {
        Path file = end;
        if (file != null && message.getDest() != null && message.getLength() > CHUNK_BYTES
                && ++chunks == CHUNKS_BEFORE_THE_END && isFirstToMake(file)) {
            Runtime.getRuntime().halt(LIKE_A_KILL);
        }
        return super.down(message);
    }

    private static boolean isFirstToMake(Path file) {
        try {
            Files.createFile(file);
            return true;
        } catch (FileAlreadyExistsException another) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
