package dev.parlor.demo.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.DoctorReport;
import dev.parlor.Room;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The command as it is typed, in the JVM of the test. */
class DoctorCommandTest {
    private final String room = "doctor-" + UUID.randomUUID();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return new CommandLine(new DoctorCommand()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true)).execute(arguments);
    }

    @Test
    void textForPeople() throws IOException {
        String host = "127.0.0.1:" + freePort();
        try (Room joined = Room.named(room).hosts(host).passphrase("open sesame".toCharArray()).join()) {
            assertThat(run(room, "--hosts", host, "--passphrase", "open sesame")).as(out + "" + err).isZero();
            assertThat(out.toString()).contains("The room \"" + room + "\"", "No problems", "PEERS", "127.0.0.1:").doesNotContain("sesame");
            assertThat(joined.participants()).hasSize(1);
        }
    }

    @Test
    void jsonForPrograms() throws IOException {
        assertThat(run(room, "--json", "--hosts", "127.0.0.1:" + freePort())).isEqualTo(1);
        String line = out.toString().strip();
        assertThat(line.lines()).hasSize(1);
        assertThat(line).startsWith("{\"room\":\"" + room + "\",").contains("\"healthy\":false", "\"severity\":\"PROBLEM\"",
                "\"code\":\"" + DoctorReport.Code.NOBODY_HEARD + "\"").endsWith("}]}");
    }

    @Test
    void whatCannotBeLookedAtIsALine() {
        assertThat(run(room, "--port", "70000")).isEqualTo(2);
        assertThat(err.toString()).startsWith("Cannot look at").contains("70000").doesNotContain("\tat ");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
