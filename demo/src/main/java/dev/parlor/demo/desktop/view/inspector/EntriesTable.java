package dev.parlor.demo.desktop.view.inspector;

import dev.parlor.demo.desktop.model.InspectorModel.Row;
import dev.parlor.demo.desktop.view.part.Ui;
import java.awt.Color;
import java.awt.Component;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import javax.swing.JTable;
import javax.swing.UIManager;
import javax.swing.table.AbstractTableModel;
import javax.swing.table.DefaultTableCellRenderer;

/** Every entry of the session data, flashing for a moment when it changes. */
final class EntriesTable extends JTable {
    private static final long serialVersionUID = 1L;
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
    private static final Duration FLASH = Duration.ofMillis(900);
    private static final String[] COLUMNS = {"Key", "Value", "Author", "Stamp", "Age"};
    private static final int[] WIDTHS = {190, 300, 80, 100, 60};

    private final Rows rows = new Rows();

    EntriesTable() {
        setModel(rows);
        setDefaultRenderer(Object.class, new Renderer());
        setFillsViewportHeight(true);
        setShowGrid(false);
        for (int i = 0; i < WIDTHS.length; i++) {
            getColumnModel().getColumn(i).setPreferredWidth(WIDTHS[i]);
        }
        Ui.named(this, "inspector-entries", "Session data");
    }

    void show(List<Row> now) {
        boolean sameSize = now.size() == rows.list.size();
        rows.list = now;
        // Kept as it is where it can be, so that the selection and the place scrolled to stay.
        if (sameSize) {
            if (!now.isEmpty()) {
                rows.fireTableRowsUpdated(0, now.size() - 1);
            }
        } else {
            rows.fireTableDataChanged();
        }
    }

    static String age(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }

    private static final class Rows extends AbstractTableModel {
        private static final long serialVersionUID = 1L;
        private transient List<Row> list = List.of();

        @Override
        public int getRowCount() {
            return list == null ? 0 : list.size();
        }

        @Override
        public int getColumnCount() {
            return COLUMNS.length;
        }

        @Override
        public String getColumnName(int column) {
            return COLUMNS[column];
        }

        @Override
        public Object getValueAt(int index, int column) {
            Row row = list.get(index);
            return switch (column) {
                case 0 -> row.key();
                case 1 -> row.value();
                case 2 -> row.author();
                case 3 -> STAMP.format(row.at().atZone(ZoneId.systemDefault()));
                default -> age(row.age());
            };
        }
    }

    private final class Renderer extends DefaultTableCellRenderer {
        private static final long serialVersionUID = 1L;

        Renderer() {
            Ui.plain(this);
        }

        @Override
        public Component getTableCellRendererComponent(JTable table, Object value, boolean selected, boolean focused, int row,
                int column) {
            setBackground(null);
            Component cell = super.getTableCellRendererComponent(table, value, selected, false, row, column);
            if (!selected && rows.list.get(row).sinceChange().compareTo(FLASH) < 0) {
                Color flash = UIManager.getColor("Parlor.flash");
                cell.setBackground(flash);
            }
            return cell;
        }
    }
}
