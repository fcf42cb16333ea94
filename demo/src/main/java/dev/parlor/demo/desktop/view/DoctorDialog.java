package dev.parlor.demo.desktop.view;

import dev.parlor.demo.desktop.view.part.Ui;
import java.awt.Dimension;
import java.awt.Font;
import java.util.function.Consumer;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.JFrame;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import javax.swing.KeyStroke;
import javax.swing.WindowConstants;
import net.miginfocom.swing.MigLayout;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignR;

/** Why nobody else is in the room, as far as the network shows it: looked at while the dialog is open, which holds up nothing. */
final class DoctorDialog {
    private static final Dimension USUAL = new Dimension(1000, 520);

    private final JDialog dialog;
    private final Consumer<Consumer<String>> examine;
    private final JTextArea report = Ui.named(new JTextArea(), "doctor-report", "What was found");
    private final JButton again = Ui.button("doctor-again", "Look again", MaterialDesignR.REFRESH, this::look);

    /**
     * @param examine looks, and tells the report on the event thread
     */
    DoctorDialog(JFrame owner, Consumer<Consumer<String>> examine) {
        this.examine = examine;
        dialog = new JDialog(owner, "Why am I alone?", false);
        dialog.setName("doctor");
        dialog.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
        report.setEditable(false);
        report.setFont(new Font(Font.MONOSPACED, Font.PLAIN, report.getFont().getSize()));
        JScrollPane scroll = new JScrollPane(report);
        dialog.getContentPane().setLayout(new MigLayout("insets 12, fill, wrap 1", "[grow]", "[grow][]"));
        dialog.getContentPane().add(scroll, "grow");
        JButton close = Ui.button("doctor-close", "Close", MaterialDesignC.CLOSE, dialog::dispose);
        dialog.getContentPane().add(again, "split 2, right");
        dialog.getContentPane().add(close);
        dialog.getRootPane().registerKeyboardAction(event -> dialog.dispose(), KeyStroke.getKeyStroke("ESCAPE"),
                JComponent.WHEN_IN_FOCUSED_WINDOW);
        dialog.setSize(USUAL);
        dialog.setLocationRelativeTo(owner);
    }

    /** Looks, and shows what was found. */
    void look() {
        again.setEnabled(false);
        report.setText("Looking at the network, which takes five seconds …");
        dialog.setVisible(true);
        examine.accept(text -> {
            report.setText(text);
            report.setCaretPosition(0);
            again.setEnabled(true);
        });
    }
}
