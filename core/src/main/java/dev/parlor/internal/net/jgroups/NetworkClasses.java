package dev.parlor.internal.net.jgroups;

import dev.parlor.internal.net.jgroups.detection.DetectionServer;
import dev.parlor.internal.net.jgroups.detection.SocketDetection;
import dev.parlor.internal.net.jgroups.setup.JGroupsSetup;
import dev.parlor.internal.net.jgroups.transport.OpenUdp;
import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * Loads the classes of a first join, what it needs first on one thread and what it comes to need on another. Those of
 * JGroups are loaded and linked on the latter, not initialized: two threads that initialize classes which need each other wait
 * for each other for ever.
 */
public final class NetworkClasses {
    private static final List<String> PROTOCOLS = List.of("UDP", "pbcast.NAKACK2", "pbcast.GMS", "UNICAST3", "PING", "MERGE3",
            "FD_SOCK2", "FD_ALL3", "VERIFY_SUSPECT2", "pbcast.STABLE", "UFC", "MFC", "FRAG2");

    private NetworkClasses() {}

    /** Loads what JGroups needs first. */
    public static void loadFirst() {
        JGroupsSetup.begin();
    }

    /** Does what must be done before the first connect, and can be done beside the making of the stack. */
    public static void loadLast() {
        JGroupsSetup.requireShut();
    }

    /** Loads what a join needs beside what is first, and after it. */
    public static void loadLater() {
        ClassLoader loader = NetworkClasses.class.getClassLoader();
        for (String protocol : PROTOCOLS) {
            try {
                for (Class<?> type = Class.forName("org.jgroups.protocols." + protocol, false, loader);
                        type != Object.class; type = type.getSuperclass()) {
                    // Links it, as whatever asks a class for its members does.
                    type.getDeclaredFields();
                }
            } catch (ClassNotFoundException another) {
                // A later version of JGroups, whose classes are loaded when they are needed.
            }
        }
        OpenUdp.class.getDeclaredFields();
        SocketDetection.class.getDeclaredFields();
        DetectionServer.class.getDeclaredFields();
        // JGroups notes with each view when it came.
        DateTimeFormatter.ofPattern("MMM dd HH:mm:ss", Locale.getDefault()).format(LocalDateTime.now(ZoneOffset.UTC));
        try (DatagramChannel datagrams = DatagramChannel.open(); ServerSocketChannel sockets = ServerSocketChannel.open();
                Selector selector = Selector.open()) {
            datagrams.configureBlocking(false).register(selector, 0);
            sockets.configureBlocking(false).register(selector, 0);
        } catch (IOException noNetwork) {
            // Of which the join tells.
        }
    }
}
