package dev.parlor.internal.wire;

/** A frame that can be read in none of the versions of the protocol that this program speaks. */
public final class OtherVersionException extends MalformedFrameException {
    private static final long serialVersionUID = 1L;

    /** In which it can be read. */
    private final transient Versions versions;

    OtherVersionException(Versions versions) {
        super("protocol " + versions + ", this program speaks " + Versions.SPOKEN
                + ": use the same version of Parlor in all programs", null);
        this.versions = versions;
    }

    /** Those in which it can be read. */
    public Versions versions() {
        return versions;
    }
}
