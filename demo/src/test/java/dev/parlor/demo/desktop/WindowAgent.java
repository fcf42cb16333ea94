package dev.parlor.demo.desktop;

import static org.awaitility.Awaitility.await;

import java.awt.AWTEvent;
import java.awt.Component;
import java.awt.Graphics2D;
import java.awt.KeyboardFocusManager;
import java.awt.Rectangle;
import java.awt.Toolkit;
import java.awt.Window;
import java.awt.event.AWTEventListener;
import java.awt.event.ActionEvent;
import java.awt.event.KeyEvent;
import java.awt.event.MouseEvent;
import java.awt.event.WindowEvent;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageIO;
import javax.swing.AbstractButton;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JTabbedPane;
import javax.swing.JTextField;
import javax.swing.KeyStroke;
import javax.swing.SwingUtilities;
import javax.swing.text.JTextComponent;
import org.assertj.swing.core.BasicComponentFinder;
import org.assertj.swing.core.BasicRobot;
import org.assertj.swing.core.ComponentFinder;
import org.assertj.swing.core.MouseButton;
import org.assertj.swing.core.Robot;
import org.assertj.swing.edt.FailOnThreadViolationRepaintManager;
import org.awaitility.Awaitility;
import picocli.CommandLine;

/**
 * The app in a JVM of a test, with someone at its window who does what is written to the standard input: one line a deed,
 * its words separated by tabs, answered by one line that begins with {@code ok} or {@code error}. What is done off the event
 * thread that should be on it is an error too.
 */
final class WindowAgent {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ComponentFinder FINDER = BasicComponentFinder.finderWithCurrentAwtHierarchy();

    /** Without the lock that lets one robot at a time be: several windows share a display, and tests use one at a time. */
    private static final Robot ROBOT = BasicRobot.robotWithCurrentAwtHierarchyWithoutScreenLock();

    private static final int ROBOT_MILLIS = 5;
    private static final Duration LOOK = Duration.ofMillis(20);

    private WindowAgent() {}

    public static void main(String[] args) throws IOException {
        FailOnThreadViolationRepaintManager.install();
        // What is waited for is looked for; a pause after each press and each event only takes time.
        ROBOT.settings().delayBetweenEvents(ROBOT_MILLIS);
        ROBOT.settings().eventPostingDelay(ROBOT_MILLIS);
        // Else each thing that is waited for takes a tenth of a second, though nearly all of them are there at once.
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(LOOK);
        Thread app = new Thread(() -> System.exit(new CommandLine(new DesktopCommand()).execute(args)), "app");
        app.start();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(answer(line.split("\t", -1)).replace('\n', ' '));
            }
        }
        // The test has gone.
        Runtime.getRuntime().halt(0);
    }

    private static String answer(String[] words) {
        try {
            return "ok\t" + obey(words);
        } catch (Throwable e) {
            e.printStackTrace();
            return "error\t" + e;
        }
    }

    private static String obey(String[] words) throws Exception {
        return switch (words[0]) {
            case "click" -> {
                yield click(enabled(words[1], AbstractButton.class), 1);
            }
            // So that a button that stays down is down, or up.
            case "press" -> {
                AbstractButton button = enabled(words[1], AbstractButton.class);
                yield onEdt(() -> {
                    if (button.isSelected() != Boolean.parseBoolean(words[2])) {
                        button.doClick(0);
                    }
                    return "";
                });
            }
            case "type" -> {
                JTextComponent field = find(words[1], JTextComponent.class);
                click(field, 1);
                await("the focus").atMost(PATIENCE).until(field::isFocusOwner);
                onEdt(() -> {
                    field.selectAll();
                    return "";
                });
                ROBOT.pressAndReleaseKeys(KeyEvent.VK_DELETE);
                ROBOT.enterText(words[2]);
                await("the text").atMost(PATIENCE).until(() -> onEdt(field::getText), words[2]::equals);
                yield "";
            }
            case "enter" -> {
                find(words[1], JTextField.class);
                ROBOT.pressAndReleaseKeys(KeyEvent.VK_ENTER);
                yield "";
            }
            // What a key does that a component knows.
            case "do" -> {
                JComponent component = find(words[1], JComponent.class);
                yield onEdt(() -> {
                    component.getActionMap().get(words[2]).actionPerformed(new ActionEvent(component, 0, words[2]));
                    return "";
                });
            }
            case "point" -> {
                Component stage = find("stage", Component.class);
                yield onEdt(() -> {
                    stage.dispatchEvent(new MouseEvent(stage, MouseEvent.MOUSE_MOVED, System.currentTimeMillis(), 0,
                            Integer.parseInt(words[1]), Integer.parseInt(words[2]), 0, false));
                    return "";
                });
            }
            case "choose" -> {
                choose(enabled(words[1], JComboBox.class), words[2]);
                yield "";
            }
            case "tab" -> {
                JTabbedPane tabs = find(words[1], JTabbedPane.class);
                yield onEdt(() -> {
                    for (int i = 0; i < tabs.getTabCount(); i++) {
                        if (tabs.getTitleAt(i).startsWith(words[2])) {
                            tabs.setSelectedIndex(i);
                        }
                    }
                    return "";
                });
            }
            case "read" -> {
                Component component = find(words[1], Component.class);
                yield onEdt(() -> text(component));
            }
            case "try-read" -> onEdt(() -> {
                try {
                    return text(FINDER.findByName(words[1], true));
                } catch (RuntimeException absent) {
                    return "";
                }
            });
            case "size" -> onEdt(() -> {
                frame().setSize(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
                frame().validate();
                return "";
            });
            case "shot" -> onEdt(() -> shot(new File(words[1])));
            case "close" -> onEdt(() -> {
                JFrame frame = frame();
                frame.dispatchEvent(new WindowEvent(frame, WindowEvent.WINDOW_CLOSING));
                return "";
            });
            case "random" -> {
                Random random = new Random(Long.parseLong(words[1]));
                yield onEdt(() -> RandomPerson.act(FINDER, frame(), random));
            }
            // Whatever has the focus.
            case "key" -> {
                ROBOT.pressAndReleaseKeys(KeyStroke.getKeyStroke(words[1]).getKeyCode());
                yield "";
            }
            // A button, without the mouse.
            case "push" -> {
                AbstractButton button = enabled(words[1], AbstractButton.class);
                yield onEdt(() -> {
                    button.doClick(0);
                    return "";
                });
            }
            // Whether one is above another.
            case "order" -> onEdt(() -> Boolean.toString(
                    FINDER.findByName(words[1]).getY() < FINDER.findByName(words[2]).getY()));
            case "focus" -> {
                Component component = find(words[1], Component.class);
                onEdt(() -> {
                    component.requestFocusInWindow();
                    return "";
                });
                await("the focus").atMost(PATIENCE).until(component::isFocusOwner);
                yield "";
            }
            case "focused" -> {
                ROBOT.waitForIdle();
                yield onEdt(() -> {
                    Component owner = KeyboardFocusManager.getCurrentKeyboardFocusManager().getFocusOwner();
                    return owner == null ? "" : String.valueOf(owner.getName());
                });
            }
            // What shows as HTML something other than this app's own wrapping of lines.
            case "html" -> onEdt(() -> String.join(", ", Rendered.foreignHtml(frame())));
            case "blank" -> onEdt(() -> Boolean.toString(Rendered.isBlank(frame().getContentPane())));
            case "unreachable" -> onEdt(() -> String.join(", ", Keyboard.unreachable(frame())));
            // How long a click would have waited.
            case "delay" -> {
                long begin = System.nanoTime();
                SwingUtilities.invokeAndWait(() -> {});
                yield Long.toString((System.nanoTime() - begin) / 1000);
            }
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    /**
     * Moves the mouse there and presses it, as a person does, and waits until it has been released there: what is done next, such as to
     * select a text, would be undone by a click that comes after it.
     */
    private static String click(JComponent component, int times) throws Exception {
        CountDownLatch released = new CountDownLatch(times);
        // Told before the component is, which may open a dialog and return when that is closed.
        AWTEventListener sees = event -> {
            if (event.getID() == MouseEvent.MOUSE_RELEASED) {
                released.countDown();
            }
        };
        Toolkit.getDefaultToolkit().addAWTEventListener(sees, AWTEvent.MOUSE_EVENT_MASK);
        onEdt(() -> {
            Window window = SwingUtilities.getWindowAncestor(component);
            if (window instanceof JFrame) {
                window.toFront();
            }
            component.scrollRectToVisible(new Rectangle(component.getSize()));
            return "";
        });
        ROBOT.waitForIdle();
        ROBOT.click(component, MouseButton.LEFT_BUTTON, times);
        await("the click").atMost(PATIENCE).until(() -> released.getCount() == 0);
        Toolkit.getDefaultToolkit().removeAWTEventListener(sees);
        // Done when this is, or in a dialog.
        return onEdt(() -> "");
    }

    private static JFrame frame() {
        return FINDER.findByName("parlor", JFrame.class);
    }

    private static <C extends Component> C find(String name, Class<C> type) {
        return await(name).atMost(PATIENCE).ignoreExceptions().until(() -> FINDER.findByName(name, type, true), found -> true);
    }

    private static <C extends Component> C enabled(String name, Class<C> type) {
        find(name, type);
        return await(name + " is enabled").atMost(PATIENCE).ignoreExceptions()
                .until(() -> FINDER.findByName(name, type, true), Component::isEnabled);
    }

    /** Waits until it is offered: what one entered last is on its way to the room and back. */
    private static void choose(JComboBox<?> box, String item) {
        await(item + " is offered").atMost(PATIENCE).until(() -> onEdt(() -> choseIfOffered(box, item)));
    }

    private static boolean choseIfOffered(JComboBox<?> box, String item) {
        for (int i = 0; i < box.getItemCount(); i++) {
            if (box.getItemAt(i).toString().equals(item)) {
                box.setSelectedIndex(i);
                return true;
            }
        }
        if (box.isEditable()) {
            box.setSelectedItem(item);
        }
        return box.isEditable();
    }

    private static String text(Component component) {
        String text = component instanceof JLabel label ? Rendered.text(label)
                : component instanceof JTextComponent field ? field.getText()
                : component instanceof JComboBox<?> box ? String.valueOf(box.getSelectedItem())
                : component.getAccessibleContext().getAccessibleName()
                + (component instanceof AbstractButton button && button.isSelected() ? ", selected" : "");
        return String.valueOf(text).strip();
    }

    /** The window as it paints itself: what another window covers is in it too. */
    private static String shot(File file) throws IOException {
        JFrame frame = frame();
        Component content = frame.getContentPane();
        BufferedImage image = new BufferedImage(content.getWidth(), content.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        content.printAll(graphics);
        graphics.dispose();
        File folder = file.getParentFile();
        if (!folder.isDirectory() && !folder.mkdirs()) {
            throw new IOException("cannot make " + folder);
        }
        ImageIO.write(image, "png", file);
        return file.getPath();
    }

    private static <T> T onEdt(Callable<T> action) throws Exception {
        AtomicReference<T> result = new AtomicReference<>();
        AtomicReference<Exception> failure = new AtomicReference<>();
        SwingUtilities.invokeAndWait(() -> {
            try {
                result.set(action.call());
            } catch (Exception e) {
                failure.set(e);
            }
        });
        if (failure.get() != null) {
            throw failure.get();
        }
        return result.get();
    }
}
