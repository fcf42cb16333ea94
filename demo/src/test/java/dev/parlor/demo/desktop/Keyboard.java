package dev.parlor.demo.desktop;

import java.awt.Component;
import java.awt.Container;
import java.awt.FocusTraversalPolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import javax.swing.AbstractButton;
import javax.swing.DefaultButtonModel;
import javax.swing.JComboBox;
import javax.swing.JFrame;
import javax.swing.JTabbedPane;
import javax.swing.JTextField;
import javax.swing.JToggleButton;
import javax.swing.KeyStroke;

/** What somebody finds at a window who has no mouse and does not see it. */
final class Keyboard {
    private Keyboard() {}

    /** What can be used and is not come to by the Tab key, or has no name for a screen reader. */
    static List<String> unreachable(JFrame frame) {
        Set<Component> reached = Collections.newSetFromMap(new IdentityHashMap<>());
        FocusTraversalPolicy order = frame.getFocusTraversalPolicy();
        for (Component at = order.getFirstComponent(frame); at != null && reached.add(at);) {
            at = order.getComponentAfter(frame, at);
        }
        List<String> missing = new ArrayList<>();
        collect(frame, reached, missing);
        return missing;
    }

    private static void collect(Container container, Set<Component> reached, List<String> missing) {
        for (Component each : container.getComponents()) {
            if (!each.isShowing()) {
                continue;
            }
            if (isForUse(each)) {
                String name = each.getAccessibleContext().getAccessibleName();
                if (name == null || name.isBlank()) {
                    missing.add(each + " has no accessible name");
                }
                if (each.isEnabled() && !isReached(each, reached)) {
                    missing.add(each.getName() + " is not reached");
                }
            }
            if (each instanceof Container inner && !(each instanceof JComboBox<?>)) {
                collect(inner, reached, missing);
            }
        }
    }

    private static boolean isForUse(Component component) {
        return component.getName() != null && (component instanceof AbstractButton || component instanceof JTextField
                || component instanceof JTabbedPane || component instanceof JComboBox<?> || component.getName().startsWith("tile-"));
    }

    /** Of a combo box that is written into, the field is reached; of buttons of which one is down, that one, and by arrow keys the others. */
    private static boolean isReached(Component component, Set<Component> reached) {
        return reached.contains(component)
                || component instanceof JToggleButton button && button.getModel() instanceof DefaultButtonModel model && model.getGroup() != null
                && button.getInputMap().get(KeyStroke.getKeyStroke("RIGHT")) != null
                && Collections.list(model.getGroup().getElements()).stream().anyMatch(reached::contains)
                || component instanceof JComboBox<?> box && box.isEditable() && reached.contains(box.getEditor().getEditorComponent());
    }
}
