package dev.parlor.demo.desktop.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The stack with a plug in it. */
class PluggedStackTest {
    @Test
    void thePlugIsAboveTheTransportAndEachRoomHasAnAddress() throws IOException {
        String xml = Files.readString(PluggedStack.write("lounge"));
        assertThat(xml).doesNotContain("${parlor.").containsSubsequence("<UDP", "/>", PlugProtocol.class.getName(), "<PING");
        assertThat(Files.readString(PluggedStack.write("lounge"))).isEqualTo(xml);
        assertThat(Files.readString(PluggedStack.write("kitchen"))).isNotEqualTo(xml);
    }
}
