package dev.parlor.demo.desktop;

import dev.parlor.Room;
import dev.parlor.demo.desktop.model.Meeting;
import dev.parlor.demo.desktop.model.join.JoinForm;
import dev.parlor.demo.desktop.model.join.Reach;
import dev.parlor.demo.desktop.model.join.RecentRooms;
import dev.parlor.demo.desktop.model.join.RoomDoor;
import dev.parlor.demo.desktop.net.PluggedStack;
import dev.parlor.demo.desktop.view.AppWindow;
import dev.parlor.demo.jvm.ClassArchive;
import dev.parlor.demo.jvm.ThisJava;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.reflect.InvocationTargetException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.prefs.Preferences;
import javax.swing.SwingUtilities;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Opens the app's window, and more of them in JVMs of their own. */
@Command(
        name = "desktop",
        mixinStandardHelpOptions = true,
        description = "Open a window. With a room and a name it joins at once.")
public final class DesktopCommand implements Callable<Integer> {
    /** What a program ends with that is killed by SIGKILL, as shells tell it. */
    private static final int KILLED = 137;
    private static final List<String> NAMES = List.of("Ada", "Bob", "Cleo", "Dan", "Eve", "Finn", "Gus", "Hana");
    private static final int MAX_PEERS = 16;
    private static final String PASSPHRASE_VARIABLE = "PARLOR_PASSPHRASE";
    /** Held, as a logger that nobody holds forgets its level. */
    private static final Logger PREFERENCES_LOG = Logger.getLogger("java.util.prefs");

    @Parameters(arity = "0..1", paramLabel = "ROOM", description = "The room to join.")
    private String room = "";

    @Option(names = "--name", paramLabel = "NAME", description = "What the others call you.")
    private String name = "";

    @Option(names = "--lan", description = "Meet windows on the local network; only this machine otherwise.")
    private boolean lan;

    @Option(names = "--hosts", paramLabel = "HOST[:PORT],...", description = "Meet windows on these hosts, by TCP.")
    private String hosts = "";

    @Option(
            names = "--passphrase",
            paramLabel = "TEXT",
            defaultValue = "${env:" + PASSPHRASE_VARIABLE + ":-}",
            description = "Let in only who has the same one. The environment variable " + PASSPHRASE_VARIABLE
                    + " serves as well, and other users of the machine cannot see it.")
    private String passphrase = "";

    @Option(names = "--peers", paramLabel = "N", description = "Open so many further windows, in JVMs of their own.")
    private int peers;

    @Option(names = "--dark", description = "Begin with the dark theme.")
    private boolean dark;

    @Option(names = "--rehearse", hidden = true, description = "Join unseen and end, for the classes of further windows.")
    private boolean rehearsal;

    @Spec
    private CommandSpec spec;

    /** Whether there is a display to open windows on. */
    public static boolean hasDisplay() {
        return !GraphicsEnvironment.isHeadless();
    }

    @Override
    public Integer call() throws Exception {
        if (!hasDisplay()) {
            spec.commandLine().getErr().println("There is no display to open a window on. Without one, try: chat or tour");
            return 1;
        }
        if (peers < 0 || peers > MAX_PEERS) {
            spec.commandLine().getErr().println("--peers takes 0 to " + MAX_PEERS + ", got " + peers);
            return 2;
        }
        if (peers > 0 && room.isEmpty()) {
            room = "lounge";
        }
        // Several windows write down the rooms seen lately at once; who finds the file locked writes it half a minute later.
        PREFERENCES_LOG.setLevel(Level.SEVERE);
        if (peers == 0) {
            run();
            return 0;
        }
        ClassArchive classes = ClassArchive.of("window");
        openPeers(classes.options());
        run();
        // When the window is gone, and nobody waits.
        classes.make(DesktopCommand::rehearse);
        return 0;
    }

    private void run() throws InterruptedException, InvocationTargetException {
        CountDownLatch ended = new CountDownLatch(1);
        ExecutorService background = Executors.newCachedThreadPool(task -> new Thread(task, "desktop-background"));
        RoomDoor door = new RoomDoor(SwingUtilities::invokeLater, background, Room::named,
                roomName -> PluggedStack.write(roomName).toString());
        AppWindow.Outside outside = new AppWindow.Outside(new Meeting.Outside(Clock.systemUTC(), background,
                () -> Runtime.getRuntime().halt(KILLED), SwingUtilities::invokeLater), System::nanoTime, ended::countDown);
        SwingUtilities.invokeAndWait(() -> {
            AppWindow.useTheme(dark);
            if (rehearsal) {
                UnseenWindow.joinAndClose(door, form(), outside);
                return;
            }
            AppWindow window = new AppWindow(door, new RecentRooms(Preferences.userNodeForPackage(DesktopCommand.class)),
                    form(), outside);
            window.show();
            if (!room.isEmpty() && !form().name().isEmpty()) {
                window.join();
            }
        });
        ended.await();
        background.shutdown();
    }

    private JoinForm form() {
        String called = !name.isEmpty() ? name : peers > 0 ? NAMES.get(0) : "";
        Reach reach = lan ? Reach.LAN : hosts.isEmpty() ? Reach.THIS_MACHINE : Reach.HOSTS;
        int colour = JoinForm.COLOURS.get(Math.floorMod(called.hashCode(), JoinForm.COLOURS.size()));
        return new JoinForm(called, colour, room, passphrase, reach, hosts);
    }

    /** Starts a window like the further ones that nobody sees. */
    private static Process rehearse(List<String> jvmOptions) throws IOException {
        List<String> command = demo(jvmOptions);
        command.addAll(List.of("desktop", "rehearsal-" + UUID.randomUUID(), "--name", NAMES.get(0), "--rehearse"));
        return new ProcessBuilder(command).redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD).start();
    }

    /** A command that runs this program in another JVM, without its arguments. */
    private static List<String> demo(List<String> jvmOptions) {
        List<String> command = new ArrayList<>(List.of(ThisJava.program()));
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.parlor.demo.Demo"));
        return command;
    }

    private void openPeers(List<String> jvmOptions) throws IOException {
        for (int i = 1; i <= peers; i++) {
            List<String> command = demo(jvmOptions);
            command.addAll(List.of("desktop", room, "--name", i < NAMES.size() ? NAMES.get(i) : "Guest " + i));
            if (lan) {
                command.add("--lan");
            }
            if (!hosts.isEmpty()) {
                command.addAll(List.of("--hosts", hosts));
            }
            if (dark) {
                command.add("--dark");
            }
            ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
            builder.environment().put(PASSPHRASE_VARIABLE, passphrase);
            builder.start();
        }
    }
}
