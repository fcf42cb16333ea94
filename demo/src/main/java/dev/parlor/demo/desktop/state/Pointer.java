package dev.parlor.demo.desktop.state;

/**
 * Where a participant points, as parts of the stage's width and height, so that windows of any size show the same place. What is
 * beyond the stage, as another program may say, is at its edge.
 *
 * @param x 0 to 1 from the left
 * @param y 0 to 1 from the top
 */
public record Pointer(double x, double y) {
    public Pointer {
        x = within(x);
        y = within(y);
    }

    private static double within(double part) {
        return part > 0 ? Math.min(part, 1) : 0;
    }
}
