package dev.parlor.internal.net.jgroups.setup;

import dev.parlor.JoinException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.logging.CustomLogFactory;
import org.jgroups.logging.JDKLogImpl;
import org.jgroups.logging.Log;
import org.jgroups.logging.Log4J2LogImpl;
import org.jgroups.logging.LogFactory;
import org.jgroups.logging.Slf4jLogImpl;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.util.ObjectInputStreamWithClassloader;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What must be done to JGroups once in a JVM, before the first channel. */
public final class JGroupsSetup {
    /** Read by JGroups once, when its class of object streams is loaded. */
    private static final String FILTER = "jgroups.deserialization.filter";
    private static final String REFUSE_ALL = "!*";

    /** By this an application says how JGroups logs. */
    private static final String LOG_CLASS = "jgroups.log_class";
    /** Set while this thread makes or connects a channel of Parlor's, whose classes ask for their logs meanwhile. */
    private static final ThreadLocal<Boolean> MAKING = new ThreadLocal<>();

    private static boolean shut;

    private JGroupsSetup() {}

    /**
     * Makes the channels of rooms log to SLF4J, not too much of it, and leaves those of others as they are; shuts its door to Java deserialization (an {@code ObjectMessage} is deserialized while it
     * is received, before any check of who sent it; Parlor never uses Java serialization), and has it load the table of its
     * headers, which takes a fifth of a first join. By one thread: whoever comes meanwhile waits, so that no two of them
     * ever initialize classes of JGroups that need each other.
     */
    public static synchronized void begin() {
        if (LogFactory.getCustomLogFactory() == null && System.getProperty(LOG_CLASS) == null) {
            LogFactory.setCustomLogFactory(new Logs());
        }
        if (System.getProperty(FILTER) == null) {
            System.setProperty(FILTER, REFUSE_ALL);
        }
        ClassConfigurator.getProtocolId(GMS.class);
    }

    /**
     * Before the first packet can come.
     *
     * @throws JoinException if the door is open and cannot be shut any more
     */
    public static void requireShut() {
        begin();
        // Not under the lock of begin, for which who makes a stack would wait.
        synchronized (Canary.class) {
            shut = shut || !isDoorOpen();
            if (!shut) {
                throw new JoinException(JoinException.Reason.DESERIALIZATION_OPEN, "JGroups in this JVM deserializes Java "
                        + "objects that anybody on the network sends, and was loaded before Parlor could forbid it: start "
                        + "the JVM with -D" + FILTER + "=" + REFUSE_ALL + " (or with a list of the classes that you send "
                        + "yourself), or join a room before you use JGroups otherwise", null);
            }
        }
    }

    /** Tries the door with a harmless object. */
    private static boolean isDoorOpen() {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(new Canary());
            }
            try (ObjectInputStreamWithClassloader in = new ObjectInputStreamWithClassloader(
                    new ByteArrayInputStream(bytes.toByteArray()), Canary.class.getClassLoader())) {
                in.readObject();
            }
            return true;
        } catch (InvalidClassException refused) {
            return false;
        } catch (IOException | ClassNotFoundException e) {
            return true;
        }
    }

    private static final class Canary implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** Makes or connects a channel. */
    public interface Making<T extends @Nullable Object, E extends Exception> {
        T make() throws E;
    }

    /** Connects a channel. */
    public interface Connecting<E extends Exception> {
        void connect() throws E;
    }

    /** What is made meanwhile logs as rooms do. */
    public static <T extends @Nullable Object, E extends Exception> T logging(Making<T, E> making) throws E {
        MAKING.set(true);
        try {
            return making.make();
        } finally {
            MAKING.remove();
        }
    }

    /** What is made meanwhile logs as rooms do. */
    public static <E extends Exception> void logging(Connecting<E> connecting) throws E {
        logging((Making<@Nullable Void, E>) () -> {
            connecting.connect();
            return null;
        });
    }

    /** For the channels of rooms a log for each name, as each channel asks for its own; for those of others what JGroups takes. */
    private static final class Logs implements CustomLogFactory {
        private final Map<String, Log> logs = new ConcurrentHashMap<>();

        @Override
        public Log getLog(Class<?> type) {
            return isOfARoom() ? limited(type.getName()) : others(type.getName());
        }

        @Override
        public Log getLog(String category) {
            return isOfARoom() ? limited(category) : others(category);
        }

        private static boolean isOfARoom() {
            return MAKING.get() != null;
        }

        /** As {@link LogFactory} chooses where there is no factory. */
        private static Log others(String category) {
            if (LogFactory.useJdkLogger()) {
                return new JDKLogImpl(category);
            }
            if (LogFactory.IS_LOG4J2_AVAILABLE) {
                return new Log4J2LogImpl(category);
            }
            return LogFactory.IS_SLF4J_AVAILABLE ? new Slf4jLogImpl(category) : new JDKLogImpl(category);
        }

        private Log limited(String category) {
            return logs.computeIfAbsent(category,
                    name -> new LimitedLog(LoggerFactory.getLogger(name), System::nanoTime));
        }
    }
}
