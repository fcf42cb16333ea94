/**
 * Rooms for JUnit 5 tests: in one JVM or in many, with faults as method calls, assertions and recordings; begin with
 * {@link dev.parlor.testkit.ParlorExtension}. A module of tests opens the packages of its test classes to this one.
 */
@SuppressWarnings("requires-automatic")
module dev.parlor.testkit {
    requires transitive dev.parlor;
    requires transitive org.assertj.core;
    // Of whichever version a project has; programs that only record rooms have none.
    requires static transitive org.junit.jupiter.api;
    // What may be null, said to compilers alone.
    requires static org.jspecify;
    requires java.management;
    requires org.jgroups;
    requires org.slf4j;

    exports dev.parlor.testkit;
    exports dev.parlor.testkit.jvm;
    exports dev.parlor.testkit.record;

    // JGroups sets the fields of the protocol that makes the faults.
    opens dev.parlor.testkit.internal.medium to org.jgroups;
}
