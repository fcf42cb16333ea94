/** Discovery of rooms by DNS-SD; begin with {@link dev.parlor.dnssd.DnsSd}. */
// JmDNS is an automatic module.
@SuppressWarnings("requires-automatic")
module dev.parlor.dnssd {
    requires transitive dev.parlor;
    requires javax.jmdns;

    // What JmDNS uses, which an automatic module cannot say itself.
    requires org.slf4j;

    // What may be null, said to compilers alone.
    requires static org.jspecify;

    exports dev.parlor.dnssd;
}
