package dev.parlor.demo.desktop.state;

/**
 * Where a participant points, as parts of the stage's width and height, so that windows of any size show the same place.
 *
 * @param x 0 to 1 from the left
 * @param y 0 to 1 from the top
 */
public record Pointer(double x, double y) {}
