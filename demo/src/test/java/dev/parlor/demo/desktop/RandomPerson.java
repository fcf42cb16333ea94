package dev.parlor.demo.desktop;

import java.awt.Component;
import java.awt.event.MouseEvent;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.swing.AbstractButton;
import javax.swing.JComboBox;
import javax.swing.JFrame;
import javax.swing.JTabbedPane;
import javax.swing.JTextField;
import org.assertj.swing.core.ComponentFinder;

/** Somebody who does one thing after the other at a window, without knowing what for. */
final class RandomPerson {
    /** What would end the test, or open a menu that waits for a choice. */
    private static final Set<String> NEVER = Set.of("leave", "kill-window");
    /** Texts are short, and of few words, so that polls have few answers and rooms are met again. */
    private static final List<String> TEXTS = List.of("tea", "tea, coffee", "yes, no, maybe", "<b>bold</b>", "Grüße 😀", " ");

    private RandomPerson() {}

    /** Does one thing, on the event thread; says what. */
    static String act(ComponentFinder finder, JFrame frame, Random random) {
        List<Component> all = finder.findAll(frame, RandomPerson::canBeUsed).stream()
                .sorted(Comparator.comparing(Component::getName)).toList();
        if (all.isEmpty()) {
            return "nothing to do";
        }
        Component component = all.get(random.nextInt(all.size()));
        if (component instanceof JTabbedPane tabs) {
            tabs.setSelectedIndex(random.nextInt(tabs.getTabCount()));
        } else if (component instanceof AbstractButton button) {
            button.doClick(0);
        } else if (component instanceof JTextField field) {
            field.setText(TEXTS.get(random.nextInt(TEXTS.size())));
            field.postActionEvent();
        } else if (component instanceof JComboBox<?> box && box.getItemCount() > 0) {
            box.setSelectedIndex(random.nextInt(box.getItemCount()));
        } else {
            int clicks = 1 + random.nextInt(2);
            int x = random.nextInt(Math.max(1, component.getWidth()));
            int y = random.nextInt(Math.max(1, component.getHeight()));
            for (int id : List.of(MouseEvent.MOUSE_MOVED, MouseEvent.MOUSE_PRESSED, MouseEvent.MOUSE_RELEASED)) {
                component.dispatchEvent(new MouseEvent(component, id, System.currentTimeMillis(), 0, x, y, clicks, false));
            }
        }
        return component.getName();
    }

    private static boolean canBeUsed(Component component) {
        String name = component.getName();
        return name != null && component.isShowing() && component.isEnabled() && !NEVER.contains(name)
                && (component instanceof AbstractButton || component instanceof JTextField || component instanceof JTabbedPane
                || component instanceof JComboBox<?> || name.equals("stage") || name.startsWith("tile-"));
    }
}
