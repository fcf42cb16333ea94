package dev.parlor.internal.net.jgroups;

/** A transport that encrypts and authenticates whatever it sends. */
interface SecureTransport {
    /** The cipher to use, set once before the transport starts. */
    void cipher(DatagramCipher cipher);
}
