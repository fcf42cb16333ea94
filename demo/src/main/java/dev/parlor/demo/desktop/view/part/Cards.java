package dev.parlor.demo.desktop.view.part;

import java.awt.Component;
import java.awt.KeyboardFocusManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.swing.JComponent;
import javax.swing.JPanel;
import javax.swing.SwingUtilities;

/**
 * A list of cards, one for each of some things. A card stays for as long as its thing is there, wherever it comes to, and with
 * it the focus: taken away and made anew, it would give the focus to some other field, into which people go on typing.
 *
 * @param <K> how a thing is known
 * @param <C> the card of one
 */
public final class Cards<K, C extends JComponent> {
    private static final String CONSTRAINTS = "growx, wmin 0";

    private final JPanel list;
    private final Map<K, C> cards = new HashMap<>();

    /** @param list a panel that holds nothing but these */
    public Cards(JPanel list) {
        this.list = list;
        list.setFocusable(true);
    }

    /**
     * Has the cards of some things shown, in this order, and of no others.
     *
     * @param otherwise what to show if there are none
     * @return the cards
     */
    public List<C> show(List<K> keys, Function<K, C> make, JComponent otherwise) {
        cards.entrySet().removeIf(each -> {
            boolean gone = !keys.contains(each.getKey());
            if (gone) {
                remove(each.getValue());
            }
            return gone;
        });
        List<C> shown = new ArrayList<>();
        for (K key : keys) {
            C card = cards.computeIfAbsent(key, made -> {
                C fresh = make.apply(made);
                list.add(fresh, CONSTRAINTS);
                return fresh;
            });
            if (list.getComponent(shown.size()) != card) {
                list.setComponentZOrder(card, shown.size());
            }
            shown.add(card);
        }
        if (keys.isEmpty() && otherwise.getParent() != list) {
            list.add(otherwise, CONSTRAINTS);
        } else if (!keys.isEmpty()) {
            list.remove(otherwise);
        }
        list.revalidate();
        list.repaint();
        return shown;
    }

    private void remove(C card) {
        Component owner = KeyboardFocusManager.getCurrentKeyboardFocusManager().getFocusOwner();
        boolean focused = owner != null && SwingUtilities.isDescendingFrom(owner, card);
        list.remove(card);
        if (focused) {
            // Else it goes to whatever comes next, a text field perhaps.
            list.requestFocusInWindow();
        }
    }
}
