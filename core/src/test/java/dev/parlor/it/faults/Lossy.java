package dev.parlor.it.faults;

import org.jgroups.protocols.DISCARD;

/** JGroups' protocol that loses packets, put into the stack by its name and told at run time how many. */
public final class Lossy extends DISCARD {
    private static volatile Lossy instance;

    /** Called by JGroups. */
    public Lossy() {
        instance = this;
    }

    /** Loses so many percent of what arrives. */
    static void lose(int percent) {
        instance.setUpDiscardRate(percent / 100.0);
    }
}
