package dev.parlor.demo.shared;

/**
 * What a participant of the demo shares of itself: its user data.
 *
 * @param colour the colour of its tile
 * @param handUp whether it has raised its hand
 */
public record Profile(String colour, boolean handUp) {
    /** This profile with the hand raised or lowered. */
    public Profile withHandUp(boolean up) {
        return new Profile(colour, up);
    }
}
