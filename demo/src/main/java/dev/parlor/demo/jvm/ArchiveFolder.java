package dev.parlor.demo.jvm;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder of class archives, {@code ${XDG_CACHE_HOME:-~/.cache}/parlor}. An archive is code, so nobody but its user and root may
 * be able to write there, or to put another folder in its place: otherwise there is none, and neither where files have no owners
 * and permissions as on Unix.
 */
final class ArchiveFolder {
    /** More than one Java or one build of the jar may be in use; each archive takes 13 to 36 MB. */
    static final int KEPT = 4;
    /** What a killed program has left is older: nobody works on one for as long. */
    static final Duration UNFINISHED_AT_MOST = Duration.ofHours(1);
    private static final String ARCHIVE = ".jsa";
    private static final String FAILED = ".failed";
    private static final String UNFINISHED = ".tmp";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    /** In the mode of a folder as of {@code /tmp}: only its owner renames or deletes a file there. */
    private static final int STICKY = 01000;

    private final Path path;

    private ArchiveFolder(Path path) {
        this.path = path;
    }

    /** That of the present user, made if need be; nothing if it could not be trusted. */
    static Optional<ArchiveFolder> ofUser() throws IOException {
        String cache = System.getenv("XDG_CACHE_HOME");
        return in(cache != null && Path.of(cache).isAbsolute() ? Path.of(cache) : Path.of(System.getProperty("user.home"), ".cache"));
    }

    static Optional<ArchiveFolder> in(Path cache) throws IOException {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("unix")) {
            return Optional.empty();
        }
        Path folder = cache.resolve("parlor");
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        }
        Path real = folder.toRealPath();
        UserPrincipal user = FileSystems.getDefault().getUserPrincipalLookupService()
                .lookupPrincipalByName(System.getProperty("user.name"));
        PosixFileAttributes own = Files.readAttributes(real, PosixFileAttributes.class);
        boolean trusted = own.isDirectory() && own.owner().equals(user) && OWNER_ONLY.containsAll(own.permissions());
        for (Path above = real.getParent(); trusted && above != null; above = above.getParent()) {
            trusted = isNotForOthers(above, user);
        }
        return trusted ? Optional.of(new ArchiveFolder(real)) : Optional.empty();
    }

    private static boolean isNotForOthers(Path folder, UserPrincipal user) throws IOException {
        PosixFileAttributes attributes = Files.readAttributes(folder, PosixFileAttributes.class);
        boolean owned = attributes.owner().equals(user) || Files.getAttribute(folder, "unix:uid").equals(0);
        boolean shared = attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
                || attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE);
        return owned && (!shared || ((int) Files.getAttribute(folder, "unix:mode") & STICKY) != 0);
    }

    Path archive(String prefix, long checksum) {
        return path.resolve(prefix + "-" + Long.toHexString(checksum) + ARCHIVE);
    }

    /** The finished ones whose names begin so, as a rule none or one. */
    List<Path> archives(String prefix) throws IOException {
        return files(prefix + "-", ARCHIVE);
    }

    /** Says by being there that an archive could not be made. */
    Path failed(String prefix) {
        return path.resolve(prefix + FAILED);
    }

    /** A new file that nobody else has, to make an archive in. */
    Path unfinished(String prefix) throws IOException {
        return Files.createTempFile(path, prefix + "-", UNFINISHED);
    }

    /** Gives a finished one its name, in one step. */
    void keep(Path unfinished, Path archive) throws IOException {
        Files.move(unfinished, archive, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Deletes all but the newest, and what killed programs have left. */
    void prune() throws IOException {
        for (String kind : List.of(ARCHIVE, FAILED)) {
            List<Path> found = files("", kind);
            for (Path each : found.subList(Math.min(KEPT, found.size()), found.size())) {
                Files.deleteIfExists(each);
            }
        }
        FileTime old = FileTime.from(Instant.now().minus(UNFINISHED_AT_MOST));
        for (Path each : files("", UNFINISHED)) {
            if (modified(each).compareTo(old) < 0) {
                Files.deleteIfExists(each);
            }
        }
    }

    /** The newest first. Another program may delete one meanwhile. */
    private List<Path> files(String prefix, String suffix) throws IOException {
        record Found(Path path, FileTime modified) {}
        List<Found> found = new ArrayList<>();
        try (Stream<Path> all = Files.list(path)) {
            for (Path each : (Iterable<Path>) all::iterator) {
                String name = each.getFileName().toString();
                if (name.startsWith(prefix) && name.endsWith(suffix) && Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)) {
                    found.add(new Found(each, modified(each)));
                }
            }
        }
        return found.stream().sorted(Comparator.comparing(Found::modified).reversed()).map(Found::path).toList();
    }

    private static FileTime modified(Path file) throws IOException {
        return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
    }
}
