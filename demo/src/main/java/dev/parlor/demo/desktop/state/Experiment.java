package dev.parlor.demo.desktop.state;

/** What the inspector asks of others, to show how a room bears it. An app-message. */
public enum Experiment {
    /** All write one key at the same moment: {@link Keys#CONTESTED}. One wins, the same everywhere. */
    WRITE_THE_SAME_KEY,
    /** End at once, as a program does that is killed: no goodbye, no clean-up. Obeyed only among windows of one machine. */
    CRASH
}
