package dev.parlor.demo.desktop.state;

/** How the stage is laid out, for all. Session data. */
public enum Scene {
    /** Everybody in tiles of one size. */
    GRID,
    /** Who is on the stage in large tiles, the others in a row below. */
    SPEAKER,
    /** Only who is on the stage. */
    SPOTLIGHT
}
