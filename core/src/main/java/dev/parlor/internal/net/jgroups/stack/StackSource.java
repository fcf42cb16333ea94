package dev.parlor.internal.net.jgroups.stack;

import dev.parlor.JoinException;
import dev.parlor.internal.net.NetworkOptions;
import dev.parlor.internal.net.NetworkOptions.Reach;
import dev.parlor.internal.net.jgroups.address.BindAddress;
import dev.parlor.internal.net.jgroups.address.RoomAddress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The stack of a room as XML, with the room's own address, port and hosts put in. They are put into the text and not
 * into system properties, since rooms of one JVM differ.
 */
public final class StackSource {
    /** Where the stacks of {@code jgroups-config} are on the class path. */
    private static final String FOLDER = "parlor-stacks/";
    private static final String CLASSPATH = "classpath:";
    private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
    private static final Pattern PLACE = Pattern.compile("\\$\\{(parlor\\.[a-z_]+):([^}]*)}");

    private StackSource() {}

    /** The XML for a room, as a stream for JGroups. */
    public static InputStream open(NetworkOptions options, RoomAddress address) {
        Reach reach = options.reach();
        if (reach instanceof Reach.Stack stack) {
            return stream(read(stack.location()), Map.of());
        }
        if (reach instanceof Reach.Networks) {
            // Where to listen and whom to ask is said to the protocols themselves.
            return stream(resource("lan.xml"), Map.of());
        }
        if (reach instanceof Reach.Routers) {
            // By which routers is said to the transport itself.
            return stream(resource("via.xml"), Map.of());
        }
        InetAddress bind = options.networkInterface() == null ? BindAddress.loopback() : BindAddress.of(options.networkInterface());
        return stream(resource("this-machine.xml"), Map.of(
                "parlor.bind_addr", bind.getHostAddress(),
                "parlor.mcast_addr", address.multicastAddress(),
                "parlor.mcast_port", Integer.toString(address.multicastPort())));
    }

    /** One of Parlor's own, without its comments, which JGroups would read char by char. */
    private static String resource(String name) {
        return COMMENT.matcher(read(CLASSPATH + FOLDER + name)).replaceAll("");
    }

    private static InputStream stream(String xml, Map<String, String> values) {
        String filled = PLACE.matcher(xml).replaceAll(place -> Matcher.quoteReplacement(
                values.getOrDefault(place.group(1), place.group(2))));
        return new ByteArrayInputStream(filled.getBytes(StandardCharsets.UTF_8));
    }

    private static String read(String location) {
        try (InputStream in = find(location)) {
            if (in != null) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw missing(location, e);
        }
        throw missing(location, null);
    }

    private static @Nullable InputStream find(String location) throws IOException {
        if (location.startsWith(CLASSPATH)) {
            return resourceStream(location.substring(CLASSPATH.length()));
        }
        try {
            Path file = Path.of(location);
            if (Files.isRegularFile(file)) {
                return Files.newInputStream(file);
            }
        } catch (InvalidPathException notAFile) {
            return URI.create(location).toURL().openStream();
        }
        return location.matches("[a-z]{2,}:.*") ? URI.create(location).toURL().openStream() : null;
    }

    private static InputStream resourceStream(String name) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        InputStream in = context == null ? null : context.getResourceAsStream(name);
        return in != null ? in : StackSource.class.getClassLoader().getResourceAsStream(name);
    }

    private static JoinException missing(String location, @Nullable Throwable cause) {
        return new JoinException(JoinException.Reason.BAD_STACK, "the stack \"" + location + "\" cannot be read: give "
                + "stack(…) the path of a file that is there, a URL, or classpath:name" + hiddenBy(location), cause);
    }

    /** A module shows class loaders what is in its packages only if it opens them to all. */
    private static String hiddenBy(String location) {
        int folderEnd = location.lastIndexOf('/');
        if (!location.startsWith(CLASSPATH) || folderEnd < CLASSPATH.length()) {
            return "";
        }
        String folder = location.substring(CLASSPATH.length(), folderEnd).replace('/', '.');
        return ModuleLayer.boot().modules().stream().filter(each -> each.getPackages().contains(folder)).findFirst()
                .map(module -> "; if it is in the module " + module.getName() + ", add \"opens " + folder + ";\" to its module-info.java, or "
                        + "move it to a folder that is no package").orElse("");
    }
}
