package dev.parlor.internal.net.jgroups.discovery.search;

import dev.parlor.internal.net.Finder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A folder that programs share, in which each writes where it is asked: one file each, an address and port a line. It says whom to
 * ask and nothing else, so that a file of a program that is gone, or of somebody who forges one, does no harm. All of this may
 * take as long as a file server does. Thread-safe.
 */
public final class SharedFolder implements Finder.Search {
    /** A program writes anew so often, which shows that it is there. */
    static final long REFRESH_MILLIS = 30_000;
    /** Whose file is older has ended without removing it, and is asked no more. By the folder's own clock. */
    static final long STALE_MILLIS = 4 * REFRESH_MILLIS;
    /** Then its file is removed. */
    static final long REMOVED_MILLIS = 86_400_000;
    /** A file of more is none of ours. */
    private static final long MAX_BYTES = 8 * 1024;
    /** More programs than a room can have. */
    private static final int MAX_FILES = 1_000;
    /** In one file: more than a machine has addresses of use. Each that is read is sent a datagram. */
    static final int MAX_LINES = 16;
    private static final String SUFFIX = ".parlor";

    private final Path folder;
    private final String room;
    private final Path own;
    private Set<InetSocketAddress> written = Set.of();
    private long writtenMillis;

    /**
     * @param room begins the names of the files of its programs
     * @param self no other program's
     */
    public SharedFolder(Path folder, String room, String self) {
        this.folder = folder;
        this.room = room;
        this.own = folder.resolve(room + "-" + self + SUFFIX);
    }

    /**
     * Writes where this program is asked, if that is due, and reads where others are.
     *
     * @throws IOException if the folder cannot be used
     */
    @Override
    public List<InetSocketAddress> exchange(Set<InetSocketAddress> here) throws IOException {
        return exchange(here, System.currentTimeMillis());
    }

    synchronized List<InetSocketAddress> exchange(Collection<InetSocketAddress> here, long nowMillis) throws IOException {
        Set<InetSocketAddress> now = new LinkedHashSet<>(here);
        if (!now.equals(written) || nowMillis - writtenMillis >= REFRESH_MILLIS || nowMillis < writtenMillis
                || !Files.exists(own)) {
            Files.createDirectories(folder);
            Path part = folder.resolve(own.getFileName() + ".part");
            Files.writeString(part, now.stream().limit(MAX_LINES).map(each -> textOf(each.getAddress()) + " " + each.getPort()).collect(Collectors.joining("\n")),
                    StandardCharsets.UTF_8);
            // At once, so that nobody reads a half.
            Files.move(part, own, StandardCopyOption.REPLACE_EXISTING);
            written = now;
            writtenMillis = nowMillis;
        }
        return read();
    }

    private List<InetSocketAddress> read() throws IOException {
        // The file server's clock need not be ours.
        FileTime clock = Files.getLastModifiedTime(own);
        List<InetSocketAddress> found = new ArrayList<>();
        int files = 0;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, room + "-*" + SUFFIX)) {
            for (Path each : all) {
                if (++files > MAX_FILES) {
                    break;
                }
                if (!each.equals(own)) {
                    try {
                        read(each, clock, found);
                    } catch (IOException gone) {
                        // Its program has left meanwhile.
                    }
                }
            }
        }
        return found;
    }

    private static void read(Path file, FileTime clock, List<InetSocketAddress> found) throws IOException {
        long age = clock.toMillis() - Files.getLastModifiedTime(file).toMillis();
        if (age > REMOVED_MILLIS) {
            Files.deleteIfExists(file);
        } else if (age <= STALE_MILLIS && Files.isRegularFile(file) && Files.size(file) <= MAX_BYTES) {
            Files.readString(file, StandardCharsets.UTF_8).lines().limit(MAX_LINES).forEach(line -> add(line, found));
        }
    }

    private static void add(String line, List<InetSocketAddress> found) {
        String[] parts = line.strip().split(" ");
        // Addresses only: nobody else's file makes this program ask for a name.
        if (parts.length == 2 && parts[0].matches("[0-9A-Fa-f.:]+") && parts[1].matches("\\d{1,5}")) {
            int port = Integer.parseInt(parts[1]);
            try {
                if (port > 0 && port <= 65_535) {
                    found.add(new InetSocketAddress(InetAddress.getByName(parts[0]), port));
                }
            } catch (UnknownHostException e) {
                // It is no address.
            }
        }
    }

    private static String textOf(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        return scope < 0 ? text : text.substring(0, scope);
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    /** This program is not there any more. */
    @Override
    public synchronized void close() {
        try {
            Files.deleteIfExists(own);
        } catch (IOException e) {
            // It is stale soon.
        }
    }
}
