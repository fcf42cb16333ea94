package dev.parlor.demo.desktop.view.part;

import dev.parlor.demo.desktop.state.Reaction;
import dev.parlor.demo.desktop.state.Scene;
import java.awt.Color;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignE;
import org.kordamp.ikonli.materialdesign2.MaterialDesignH;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;
import org.kordamp.ikonli.materialdesign2.MaterialDesignT;
import org.kordamp.ikonli.materialdesign2.MaterialDesignV;

/** Which icon shows what. */
public final class Icons {
    private Icons() {}

    public static Ikon of(Reaction reaction) {
        return switch (reaction) {
            case APPLAUSE -> MaterialDesignP.PARTY_POPPER;
            case HEART -> MaterialDesignH.HEART;
            case LAUGH -> MaterialDesignE.EMOTICON_EXCITED;
            case THUMB -> MaterialDesignT.THUMB_UP;
        };
    }

    public static Color colourOf(Reaction reaction) {
        return new Color(switch (reaction) {
            case APPLAUSE -> 0x9B6BDF;
            case HEART -> 0xE5484D;
            case LAUGH -> 0xF2B035;
            case THUMB -> 0x4C8DFF;
        });
    }

    public static Ikon of(Scene scene) {
        return switch (scene) {
            case GRID -> MaterialDesignV.VIEW_GRID;
            case SPEAKER -> MaterialDesignA.ACCOUNT_BOX_MULTIPLE;
            case SPOTLIGHT -> MaterialDesignS.SPOTLIGHT_BEAM;
        };
    }
}
