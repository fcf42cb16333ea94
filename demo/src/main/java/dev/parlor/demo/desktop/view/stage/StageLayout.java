package dev.parlor.demo.desktop.view.stage;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;

/** Where tiles go. */
final class StageLayout {
    private static final int GAP = 10;
    /** Of a tile's width to its height, the nearest that is tried for. */
    private static final double SHAPE = 1.4;
    /** How much of the height the audience's row has beside large tiles. */
    private static final double ROW = 0.26;

    private StageLayout() {}

    /** Places for the featured, then for the audience. */
    static List<Rectangle> place(Rectangle area, int featured, int audience) {
        List<Rectangle> places = new ArrayList<>();
        if (featured == 0) {
            grid(area, audience, places);
        } else if (audience == 0) {
            grid(area, featured, places);
        } else {
            int row = (int) (area.height * ROW);
            grid(new Rectangle(area.x, area.y, area.width, area.height - row - GAP), featured, places);
            grid(new Rectangle(area.x, area.y + area.height - row, area.width, row), audience, places);
        }
        return places;
    }

    private static void grid(Rectangle area, int count, List<Rectangle> places) {
        if (count == 0) {
            return;
        }
        int columns = 1;
        double best = 0;
        for (int tried = 1; tried <= count; tried++) {
            int rows = (count + tried - 1) / tried;
            double width = Math.min((double) area.width / tried, (double) area.height / rows * SHAPE);
            if (width > best) {
                best = width;
                columns = tried;
            }
        }
        int rows = (count + columns - 1) / columns;
        double width = (area.width - GAP * (columns - 1.0)) / columns;
        double height = (area.height - GAP * (rows - 1.0)) / rows;
        for (int i = 0; i < count; i++) {
            int row = i / columns;
            int inRow = row == rows - 1 ? count - row * columns : columns;
            double left = area.x + (area.width - inRow * width - (inRow - 1.0) * GAP) / 2;
            places.add(new Rectangle((int) (left + i % columns * (width + GAP)), (int) (area.y + row * (height + GAP)),
                    (int) width, (int) height));
        }
    }
}
