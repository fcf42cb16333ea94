package dev.parlor.internal.net.jgroups.setup;

import static org.assertj.core.api.Assertions.assertThat;

import org.jgroups.logging.LogFactory;
import org.junit.jupiter.api.Test;

/** What is done to the JGroups of a JVM, which others may use as well. */
class JGroupsSetupTest {
    /** Whoever else uses JGroups in this JVM goes on logging as before. */
    @Test
    void onlyTheChannelsOfRoomsLogAsRoomsDo() {
        JGroupsSetup.begin();
        assertThat(LogFactory.getLog(JGroupsSetupTest.class)).isNotInstanceOf(LimitedLog.class);
        JGroupsSetup.logging(() -> assertThat(LogFactory.getLog(JGroupsSetupTest.class)).isInstanceOf(LimitedLog.class));
        assertThat(LogFactory.getLog(JGroupsSetupTest.class)).isNotInstanceOf(LimitedLog.class);
    }
}
