package dev.parlor.internal.net.doctor;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** How a try to connect ended, the best first. */
public enum Tcp {
    /** It was taken. */
    CONNECTED,
    /** The machine is there and said no: nobody listens, or a firewall rejects. */
    REFUSED,
    /** There is no way there, or something on the way said no. */
    UNREACHABLE,
    /** Nothing came back: a firewall drops it, or there is no such machine. */
    SILENT,
    /** It was not tried. */
    NOT_TRIED;

    /** A link may have a round trip of 300 ms; with more nobody would use a room. */
    private static final int TIMEOUT_MILLIS = 500;

    /** Connects, says nothing, and closes. Takes half a second at most. */
    public static Tcp connect(InetSocketAddress to) {
        try (Socket socket = new Socket()) {
            socket.connect(to, TIMEOUT_MILLIS);
            return CONNECTED;
        } catch (SocketTimeoutException e) {
            return SILENT;
        } catch (ConnectException e) {
            // The same class tells that nothing came back for longer than the system waits.
            return String.valueOf(e.getMessage()).contains("refused") ? REFUSED : UNREACHABLE;
        } catch (IOException | RuntimeException e) {
            return UNREACHABLE;
        }
    }

    /** The better of two. */
    public Tcp or(Tcp other) {
        return compareTo(other) <= 0 ? this : other;
    }
}
