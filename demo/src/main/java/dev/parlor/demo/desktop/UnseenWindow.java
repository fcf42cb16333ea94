package dev.parlor.demo.desktop;

import dev.parlor.demo.desktop.model.join.JoinForm;
import dev.parlor.demo.desktop.model.join.RecentRooms;
import dev.parlor.demo.desktop.model.join.RoomDoor;
import dev.parlor.demo.desktop.view.AppWindow;
import java.awt.Frame;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.prefs.BackingStoreException;
import java.util.prefs.Preferences;
import javax.swing.SwingUtilities;
import javax.swing.Timer;

/** A window that joins, paints itself into an image and closes, so that a JVM has loaded what a window needs. For the event thread. */
final class UnseenWindow {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Logger LOG = Logger.getLogger(UnseenWindow.class.getName());

    private UnseenWindow() {}

    static void joinAndClose(RoomDoor door, JoinForm form, AppWindow.Outside outside) {
        // A list of rooms of its own, that the user's does not get this one.
        Preferences seen = Preferences.userNodeForPackage(UnseenWindow.class).node("rehearsal");
        AppWindow window = new AppWindow(door, new RecentRooms(seen), form, outside);
        Frame frame = Frame.getFrames()[0];
        // Nobody is there to close a window that does not get to join.
        Timer lost = new Timer((int) PATIENCE.toMillis(), late -> Runtime.getRuntime().halt(1));
        lost.start();
        boolean[] joined = {false};
        // The name of the room, as soon as it is joined.
        frame.addPropertyChangeListener("title", named -> {
            if (!joined[0]) {
                joined[0] = true;
                SwingUtilities.invokeLater(() -> {
                    paint(frame);
                    remove(seen);
                    window.close();
                });
            }
        });
        window.join();
    }

    private static void paint(Frame frame) {
        frame.validate();
        Graphics2D graphics = new BufferedImage(frame.getWidth(), frame.getHeight(), BufferedImage.TYPE_INT_RGB).createGraphics();
        frame.printAll(graphics);
        graphics.dispose();
    }

    private static void remove(Preferences seen) {
        try {
            seen.removeNode();
        } catch (BackingStoreException e) {
            LOG.log(Level.FINE, "an empty node stays", e);
        }
    }
}
