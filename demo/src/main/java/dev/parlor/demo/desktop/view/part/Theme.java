package dev.parlor.demo.desktop.view.part;

import com.formdev.flatlaf.FlatDarkLaf;
import com.formdev.flatlaf.FlatLaf;
import com.formdev.flatlaf.FlatLightLaf;
import java.util.Map;

/** Light or dark, for all windows of this program. */
public final class Theme {
    private static boolean dark;

    private Theme() {}

    public static void use(boolean darkNow) {
        dark = darkNow;
        FlatLaf.setGlobalExtraDefaults(Map.ofEntries(
                Map.entry("@accentColor", "#4C6FFF"),
                Map.entry("Component.arc", "10"),
                Map.entry("Button.arc", "10"),
                Map.entry("TextComponent.arc", "10"),
                Map.entry("ScrollBar.width", "8"),
                Map.entry("ScrollBar.thumbArc", "999"),
                Map.entry("Parlor.card", dark ? "#2B2E37" : "#FFFFFF"),
                Map.entry("@background", dark ? "#1F2128" : "#F1F3F8"),
                Map.entry("Parlor.bad", dark ? "#FF8A80" : "#B3261E"),
                Map.entry("Parlor.good", dark ? "#4CC38A" : "#1E8E5A"),
                Map.entry("Parlor.flash", dark ? "#4A4426" : "#FFF1B8")));
        if (dark) {
            FlatDarkLaf.setup();
        } else {
            FlatLightLaf.setup();
        }
        FlatLaf.updateUI();
    }

    public static void toggle() {
        use(!dark);
    }
}
