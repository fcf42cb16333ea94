package dev.parlor.demo.desktop;

import java.awt.Component;
import java.awt.Container;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.plaf.basic.BasicHTML;
import javax.swing.text.AbstractDocument;
import javax.swing.text.BadLocationException;
import javax.swing.text.Document;
import javax.swing.text.Element;
import javax.swing.text.View;

/** What a person sees of components, which is not always what their text says. */
final class Rendered {
    /** What the app's own labels with several lines are made of. */
    private static final Set<String> OWN = Set.of("html", "head", "body", "p", "p-implied", "content", "b", "s");

    private Rendered() {}

    /** The text that a label shows: of HTML, what it becomes. */
    static String text(JLabel label) {
        if (label.getClientProperty(BasicHTML.propertyKey) instanceof View view) {
            Document document = view.getDocument();
            try {
                return document.getText(0, document.getLength()).strip().replace('\u00a0', ' ');
            } catch (BadLocationException e) {
                throw new IllegalStateException(e);
            }
        }
        return label.getText();
    }

    /** Components in which HTML has more in it than lines and weight, such as a picture. */
    static List<String> foreignHtml(Container container) {
        List<String> found = new ArrayList<>();
        for (Component each : container.getComponents()) {
            if (each instanceof JComponent component && component.getClientProperty(BasicHTML.propertyKey) instanceof View view) {
                collect(((AbstractDocument) view.getDocument()).getDefaultRootElement(), each.getName(), found);
            }
            if (each instanceof Container inner) {
                found.addAll(foreignHtml(inner));
            }
        }
        return found;
    }

    private static void collect(Element element, String where, List<String> found) {
        if (!OWN.contains(element.getName())) {
            found.add(where + " has " + element.getName());
        }
        for (int i = 0; i < element.getElementCount(); i++) {
            collect(element.getElement(i), where, found);
        }
    }

    /** Whether a component paints nothing but one colour. */
    static boolean isBlank(Component component) {
        BufferedImage image = new BufferedImage(component.getWidth(), component.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        component.printAll(graphics);
        graphics.dispose();
        int first = image.getRGB(0, 0);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if (image.getRGB(x, y) != first) {
                    return false;
                }
            }
        }
        return true;
    }
}
