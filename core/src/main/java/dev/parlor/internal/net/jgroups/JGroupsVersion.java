package dev.parlor.internal.net.jgroups;

import dev.parlor.JoinException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.security.CodeSource;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which JGroups is on the class path. An application server, or another library, may bring one of its own, and which comes
 * first is chance. Initializes nothing of it, and needs nothing of it to be there.
 */
public final class JGroupsVersion {
    /** What Parlor is built and tested with. A later one of the same minor version mends faults and keeps what there is. */
    static final int MAJOR = 5;
    static final int MINOR = 5;
    static final int MICRO = 7;
    private static final String ANY_CLASS = "org.jgroups.JChannel";
    private static final String FILE = "JGROUPS_VERSION.properties";
    private static final String PROPERTY = "jgroups.version";
    private static final Pattern FORM = Pattern.compile("(\\d{1,5})\\.(\\d{1,5})\\.(\\d{1,5}).*");

    private JGroupsVersion() {}

    /**
     * Before JGroups is used.
     *
     * @throws JoinException if it is not there, or is one with which Parlor does not work
     */
    public static void require(String room) {
        require(room, JGroupsVersion.class.getClassLoader());
    }

    static void require(String room, ClassLoader loader) {
        Class<?> found;
        try {
            found = Class.forName(ANY_CLASS, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            throw wrong(room, "there is no JGroups on the class path", e);
        }
        String version = versionOf(found);
        if (!isSuitable(version)) {
            throw wrong(room, "JGroups " + version + " is on the class path, from " + placeOf(found), null);
        }
    }

    /** Something that Parlor uses is missing in JGroups although its version is right: two may be mixed. */
    static JoinException wrong(String room, LinkageError missing) {
        String found;
        try {
            Class<?> type = Class.forName(ANY_CLASS, false, JGroupsVersion.class.getClassLoader());
            found = "JGroups " + versionOf(type) + " from " + placeOf(type) + " lacks something (" + missing + ")";
        } catch (ClassNotFoundException | LinkageError e) {
            found = "JGroups is incomplete on the class path (" + missing + ")";
        }
        return wrong(room, found, missing);
    }

    private static JoinException wrong(String room, String found, @Nullable Throwable cause) {
        return new JoinException(JoinException.Reason.WRONG_JGROUPS, "the room \"" + room + "\" cannot be joined: " + found
                + "; Parlor needs " + needed() + ": put that on the class path, or before the other one", cause);
    }

    private static String needed() {
        return MAJOR + "." + MINOR + "." + MICRO + " or a later " + MAJOR + "." + MINOR;
    }

    static boolean isSuitable(String version) {
        Matcher form = FORM.matcher(version);
        return form.matches() && Integer.parseInt(form.group(1)) == MAJOR && Integer.parseInt(form.group(2)) == MINOR
                && Integer.parseInt(form.group(3)) >= MICRO;
    }

    /** As JGroups finds it out itself; else what the archive says. */
    private static String versionOf(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        try (InputStream file = loader == null ? null : open(loader.getResource(FILE))) {
            if (file != null) {
                Properties properties = new Properties();
                properties.load(file);
                String version = properties.getProperty(PROPERTY);
                if (version != null) {
                    return version;
                }
            }
        } catch (IOException | IllegalArgumentException unreadable) {
            // Then what the archive says.
        }
        String said = type.getPackage().getImplementationVersion();
        return said != null ? said : "of an unknown version";
    }

    /** Not by way of the cache of archives, which would keep the file open after its class loader was closed. */
    private static @Nullable InputStream open(@Nullable URL file) throws IOException {
        if (file == null) {
            return null;
        }
        var connection = file.openConnection();
        connection.setUseCaches(false);
        return connection.getInputStream();
    }

    private static String placeOf(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null || source.getLocation() == null ? "an unknown place" : source.getLocation().toString();
    }
}
