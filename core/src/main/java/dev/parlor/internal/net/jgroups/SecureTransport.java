package dev.parlor.internal.net.jgroups;

/** A transport that encrypts and authenticates whatever it sends, and takes nothing else. */
interface SecureTransport {
    /** What to seal with, and who counts what is refused. Set once before the transport starts. */
    void secure(DatagramCipher cipher, Strangers strangers);
}
