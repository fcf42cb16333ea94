package dev.parlor.demo.desktop.view.part;

import java.awt.Color;
import java.awt.Component;
import java.awt.Graphics;
import javax.swing.Icon;
import javax.swing.UIManager;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.swing.FontIcon;

/** An icon of the icon font in the colour of the component that it is in, whatever the theme is at the moment. */
public final class ThemeIcon implements Icon {
    private final FontIcon icon;

    public ThemeIcon(Ikon icon, int size) {
        this.icon = FontIcon.of(icon, size);
    }

    @Override
    public void paintIcon(Component component, Graphics graphics, int x, int y) {
        Color disabled = UIManager.getColor("Label.disabledForeground");
        icon.setIconColor(component.isEnabled() ? component.getForeground() : disabled);
        icon.paintIcon(component, graphics, x, y);
    }

    @Override
    public int getIconWidth() {
        return icon.getIconWidth();
    }

    @Override
    public int getIconHeight() {
        return icon.getIconHeight();
    }
}
