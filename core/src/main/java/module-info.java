/**
 * Rooms in which JVMs share live state without a server; begin with {@link dev.parlor.Room}. The package {@code dev.parlor} is all
 * there is to use. A module whose own classes are shared opens their packages to this one.
 */
// JGroups and Kryo are automatic modules, and javac does not see the testkit while it compiles this.
@SuppressWarnings({"requires-automatic", "module"})
module dev.parlor {
    requires dev.parlor.jgroups.config;
    requires org.jgroups;
    requires com.esotericsoftware.kryo;
    requires org.objenesis;
    requires org.slf4j;

    // What JGroups and Kryo use of the JDK, which automatic modules cannot say themselves.
    requires java.logging;
    requires java.management;
    requires java.naming;
    requires java.xml;
    requires jdk.unsupported;

    // What may be null, said to compilers alone.
    requires static org.jspecify;

    // Whose values travel where they are there.
    requires static java.desktop;
    requires static java.sql;

    exports dev.parlor;

    // JGroups makes the protocols of a stack by the names of their classes.
    exports dev.parlor.internal.net.jgroups.detection to org.jgroups;
    exports dev.parlor.internal.net.jgroups.discovery to org.jgroups;
    exports dev.parlor.internal.net.jgroups.roaming to org.jgroups;
    exports dev.parlor.internal.net.jgroups.stack to org.jgroups;
    exports dev.parlor.internal.net.jgroups.transport to org.jgroups;

    // What the testkit puts other things in the place of, or shows.
    exports dev.parlor.internal.door to dev.parlor.testkit;
    exports dev.parlor.internal.facade to dev.parlor.testkit;
    exports dev.parlor.internal.machine.recording to dev.parlor.testkit;
    exports dev.parlor.internal.net to dev.parlor.testkit;
    exports dev.parlor.internal.net.jgroups to dev.parlor.testkit;
    exports dev.parlor.internal.session to dev.parlor.testkit;
    exports dev.parlor.internal.thread to dev.parlor.testkit;
    exports dev.parlor.internal.value to dev.parlor.testkit;
    exports dev.parlor.internal.wire to dev.parlor.testkit;
}
