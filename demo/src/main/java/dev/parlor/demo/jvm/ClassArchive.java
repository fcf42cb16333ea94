package dev.parlor.demo.jvm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.zip.CRC32C;

/**
 * The classes that JVMs of one kind load, kept in a file (AppCDS, a dynamic archive), so that further ones start faster. A program
 * uses the archive if there is one, and makes it when it has done its work and nobody waits for it. Whatever goes wrong, the JVMs
 * start without it and print nothing; it is told by {@code java.util.logging} at {@code FINE}.
 *
 * <p>An archive belongs to one Java and one class path, and its name says so; one for others is never found. Java itself looks at an
 * archive's head only, and dies of one whose body is broken, so the name has a checksum too. For the threads of one program one
 * at a time; several programs may make one at once, of which the last stays.
 */
public final class ClassArchive {
    /** {@code -Dparlor.classArchives=false} does without. */
    public static final String PROPERTY = "parlor.classArchives";
    /** A rehearsal takes one to four seconds, and on a busy machine ten times as long. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int BUFFER_BYTES = 1 << 20;
    /** With which Java names its archives: since 25 also "aot", which older ones refuse. */
    private static final int FIRST_WITH_AOT = 25;
    private static final Logger LOG = Logger.getLogger(ClassArchive.class.getName());

    private final Optional<ArchiveFolder> folder;
    private final String prefix;

    /** How to start a JVM that loads what the others will, and ends by itself, with exit code 0 if it could. */
    @FunctionalInterface
    public interface Rehearsal {
        Process start(List<String> jvmOptions) throws IOException, InterruptedException;
    }

    ClassArchive(Optional<ArchiveFolder> folder, String prefix) {
        this.folder = folder;
        this.prefix = prefix;
    }

    /**
     * That of JVMs that {@link ThisJava} starts with the class path of this one.
     *
     * @param kind what they are, in letters
     */
    public static ClassArchive of(String kind) {
        try {
            Optional<String> key = key(System.getProperty("java.class.path"));
            if (key.isPresent() && Boolean.parseBoolean(System.getProperty(PROPERTY, "true")) && hasBase()) {
                return new ClassArchive(ArchiveFolder.ofUser(), kind + "-" + key.get());
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.FINE, "without a class archive", e);
        }
        return new ClassArchive(Optional.empty(), kind);
    }

    /** A dynamic archive stands on the one that comes with Java, which some do without. */
    private static boolean hasBase() {
        return Files.exists(Path.of(System.getProperty("java.home"), "lib", "server", "classes.jsa"));
    }

    /** Says which Java and which jars; nothing if there is a folder among them, of which Java makes no archive. */
    static Optional<String> key(String classPath) throws IOException {
        // As it stands too: Java takes an archive only for the class path that it was made for, letter by letter.
        StringBuilder text = new StringBuilder(String.join("\n", System.getProperty("java.vm.version"),
                System.getProperty("java.home"), classPath));
        for (String entry : classPath.split(System.getProperty("path.separator"))) {
            Path jar = Path.of(entry).toAbsolutePath();
            if (!Files.isRegularFile(jar)) {
                return Optional.empty();
            }
            text.append('\n').append(jar).append(' ').append(Files.size(jar)).append(' ')
                    .append(Files.getLastModifiedTime(jar).toMillis());
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return Optional.of(HexFormat.of().formatHex(hash, 0, 8));
        } catch (NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }

    /** Options for a JVM that uses it; none if it is not there. */
    public List<String> options() {
        try {
            Optional<Path> archive = folder.isPresent() ? find(folder.get()) : Optional.empty();
            if (archive.isPresent()) {
                List<String> options = quiet();
                options.add("-Xshare:auto");
                options.add("-XX:SharedArchiveFile=" + archive.get());
                return options;
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.FINE, "without a class archive", e);
        }
        return List.of();
    }

    /** An archive that Java does not take after all is no matter, and nothing to tell. */
    private static List<String> quiet() {
        List<String> options = new ArrayList<>(List.of("-Xlog:cds=off", "-Xlog:cds+dynamic=off"));
        if (Runtime.version().feature() >= FIRST_WITH_AOT) {
            options.add("-Xlog:aot=off");
        }
        return options;
    }

    private Optional<Path> find(ArchiveFolder in) throws IOException {
        for (Path each : in.archives(prefix)) {
            if (each.equals(in.archive(prefix, checksum(each)))) {
                return Optional.of(each);
            }
            LOG.log(Level.FINE, "{0} is broken", each);
            Files.deleteIfExists(each);
        }
        return Optional.empty();
    }

    /** Whether it is worth while to make it: it is not there, and has not been tried in vain. */
    public boolean isWanted() {
        try {
            return folder.isPresent() && find(folder.get()).isEmpty() && !Files.exists(folder.get().failed(prefix));
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.FINE, "without a class archive", e);
            return false;
        }
    }

    /** Makes it, if it is wanted, and waits for it, which takes as long as the rehearsal and half a second. */
    public void make(Rehearsal rehearsal) throws InterruptedException {
        if (isWanted()) {
            ArchiveFolder to = folder.orElseThrow();
            try {
                Path unfinished = to.unfinished(prefix);
                try {
                    make(rehearsal, unfinished, to);
                } finally {
                    Files.deleteIfExists(unfinished);
                }
                to.prune();
            } catch (IOException | RuntimeException e) {
                LOG.log(Level.FINE, "without a class archive", e);
            }
        }
    }

    private void make(Rehearsal rehearsal, Path unfinished, ArchiveFolder to) throws IOException, InterruptedException {
        List<String> options = quiet();
        options.add("-XX:ArchiveClassesAtExit=" + unfinished);
        // Java deletes the empty file and writes another, or leaves it.
        if (!endsWell(rehearsal.start(options)) || !Files.exists(unfinished) || Files.size(unfinished) == 0) {
            LOG.log(Level.FINE, "{0} could not be made", prefix);
            Files.createFile(to.failed(prefix));
            return;
        }
        // On the disk before it has the name by which it is found.
        try (FileChannel file = FileChannel.open(unfinished, StandardOpenOption.READ)) {
            file.force(true);
        }
        to.keep(unfinished, to.archive(prefix, checksum(unfinished)));
    }

    private static boolean endsWell(Process process) throws InterruptedException {
        Thread end = new Thread(process::destroyForcibly, "class-archive-end");
        Runtime.getRuntime().addShutdownHook(end);
        try {
            return process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0;
        } finally {
            process.destroyForcibly();
            Runtime.getRuntime().removeShutdownHook(end);
        }
    }

    private static long checksum(Path file) throws IOException {
        CRC32C sum = new CRC32C();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sum.update(buffer, 0, read);
            }
        }
        return sum.getValue();
    }
}
