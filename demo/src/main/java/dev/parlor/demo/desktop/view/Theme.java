package dev.parlor.demo.desktop.view;

import com.formdev.flatlaf.FlatDarkLaf;
import com.formdev.flatlaf.FlatLaf;
import com.formdev.flatlaf.FlatLightLaf;
import java.util.Map;

/** Light or dark, for all windows of this program. */
final class Theme {
    private static boolean dark;

    private Theme() {}

    static void use(boolean darkNow) {
        dark = darkNow;
        FlatLaf.setGlobalExtraDefaults(Map.of(
                "@accentColor", "#4C6FFF",
                "Component.arc", "10",
                "Button.arc", "10",
                "TextComponent.arc", "10",
                "ScrollBar.width", "8",
                "ScrollBar.thumbArc", "999",
                "Parlor.card", dark ? "#2B2E37" : "#FFFFFF",
                "@background", dark ? "#1F2128" : "#F1F3F8",
                "Parlor.good", dark ? "#4CC38A" : "#1E8E5A",
                "Parlor.flash", dark ? "#4A4426" : "#FFF1B8"));
        if (dark) {
            FlatDarkLaf.setup();
        } else {
            FlatLightLaf.setup();
        }
        FlatLaf.updateUI();
    }

    static void toggle() {
        use(!dark);
    }

    static boolean isDark() {
        return dark;
    }
}
