package dev.parlor.internal.net.jgroups.address;

import dev.parlor.InvalidArgumentException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A host of {@code hosts(…)}.
 *
 * @param host a name or an address
 * @param port {@link #NO_PORT} if none is named
 */
public record HostPort(String host, int port) {
    public static final int NO_PORT = 0;
    private static final int MAX_PORT = 65_535;
    private static final Pattern FORM =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.%\\w]+)]|([^:\\[\\]\\s]+))(?::(\\d{1,5}))?");
    /** An address of IPv6 is known by two colons or more, and then no port can follow. */
    private static final Pattern BARE_IPV6 = Pattern.compile("[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*(?:%\\w+)?");

    /**
     * What somebody wrote.
     *
     * @throws InvalidArgumentException if it is no host
     */
    public static HostPort parse(@Nullable String text) {
        String stripped = text == null ? "" : text.strip();
        if (BARE_IPV6.matcher(stripped).matches()) {
            return new HostPort(stripped, NO_PORT);
        }
        Matcher form = FORM.matcher(stripped);
        int port = form.matches() && form.group(3) != null ? Integer.parseInt(form.group(3)) : NO_PORT;
        if (!form.matches() || port > MAX_PORT || port == 0 && form.group(3) != null) {
            throw new InvalidArgumentException("\"" + text + "\" is not a host: write a name or address with an "
                    + "optional port, such as ada.local, 192.0.2.7:7900 or [2001:db8::7]:7900");
        }
        return new HostPort(form.group(1) != null ? form.group(1) : form.group(2), port);
    }

    /** Its addresses; none if nobody knows it at the moment. May take seconds. */
    public List<InetAddress> resolve() {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    @Override
    public String toString() {
        return port == NO_PORT ? host : (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
