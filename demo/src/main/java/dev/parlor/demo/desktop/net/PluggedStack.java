package dev.parlor.demo.desktop.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parlor's stack for programs of this machine with the {@link PlugProtocol} above its transport, as a file for
 * {@code RoomBuilder.stack}. Rooms on the network use Parlor's stacks as they are: there one pulls a real plug.
 */
public final class PluggedStack {
    private static final String SOURCE = "parlor-stacks/this-machine.xml";
    private static final Pattern PLACE = Pattern.compile("\\$\\{parlor\\.([a-z_]+):([^}]*)}");
    private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
    private static final Pattern TRANSPORT = Pattern.compile("<UDP [^>]*/>");
    private static final int FIRST_PORT = 30_000;
    private static final int PORTS = 2_000;

    private PluggedStack() {}

    /**
     * Writes the file for a room.
     *
     * @param room the room's name, from which its address comes, as rooms of one address would hear each other
     * @return the file; the caller may delete it when the room is joined
     */
    public static Path write(String room) {
        try (InputStream in = PluggedStack.class.getClassLoader().getResourceAsStream(SOURCE)) {
            if (in == null) {
                throw new IllegalStateException(SOURCE + " is not on the class path");
            }
            Path file = Files.createTempFile("parlor-desktop", ".xml");
            Files.writeString(file, of(new String(in.readAllBytes(), StandardCharsets.UTF_8), room));
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("the stack cannot be written to the folder of temporary files", e);
        }
    }

    static String of(String xml, String room) {
        int hash = room.hashCode();
        String address = "239.193." + (hash >>> 8 & 0xFF) + "." + (1 + (hash & 0x7F));
        String port = Integer.toString(FIRST_PORT + Math.floorMod(hash, PORTS));
        String filled = PLACE.matcher(COMMENT.matcher(xml).replaceAll("")).replaceAll(place -> Matcher.quoteReplacement(switch (place.group(1)) {
            case "mcast_addr" -> address;
            case "mcast_port" -> port;
            default -> place.group(2);
        }));
        return TRANSPORT.matcher(filled).replaceFirst(transport -> Matcher.quoteReplacement(
                transport.group() + "\n    <" + PlugProtocol.class.getName() + "/>"));
    }
}
