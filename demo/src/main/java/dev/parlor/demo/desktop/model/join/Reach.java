package dev.parlor.demo.desktop.model.join;

/** Who can be met. */
public enum Reach {
    /** Windows on this machine. */
    THIS_MACHINE("This machine"),
    /** Windows on the local network. */
    LAN("Local network"),
    /** Windows on hosts that are named. */
    HOSTS("Known hosts");

    private final String label;

    Reach(String label) {
        this.label = label;
    }

    /** Its name for people, also in a list to choose from. */
    @Override
    public String toString() {
        return label;
    }
}
