package dev.parlor.internal.net.jgroups.roaming;

import org.jgroups.logging.Slf4jLogImpl;

/**
 * The log of a server of connections, which anybody can open, send rubbish on, and close amid a word: whatever it complains of
 * is worth a line only to who looks for something.
 */
public final class ConnectionLog extends Slf4jLogImpl {
    public ConnectionLog(Class<?> server) {
        super(server);
    }

    @Override
    public void warn(String message) {
        debug(message);
    }

    @Override
    public void warn(String message, Object... arguments) {
        debug(message, arguments);
    }

    @Override
    public void warn(String message, Throwable cause) {
        debug(message, cause);
    }

    @Override
    public void error(String message) {
        debug(message);
    }

    @Override
    public void error(String message, Object... arguments) {
        debug(message, arguments);
    }

    @Override
    public void error(String message, Throwable cause) {
        debug(message, cause);
    }
}
