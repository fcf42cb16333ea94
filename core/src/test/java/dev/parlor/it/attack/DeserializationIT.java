package dev.parlor.it.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.internal.net.NetworkOptions;
import dev.parlor.internal.net.jgroups.address.RoomAddress;
import dev.parlor.internal.net.jgroups.stack.StackSource;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jgroups.JChannel;
import org.jgroups.ObjectMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * JGroups deserializes an {@link ObjectMessage} while it receives it, before it looks at the name of the cluster. A
 * packet is sent to a Parlor room and to plain JGroups that listens beside it: plain JGroups shows that the packet
 * arrives and works, the room that it does nothing there.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class DeserializationIT {
    private final String room = "door-" + UUID.randomUUID();
    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endAll() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void anObjectMessageIsNotDeserialized() throws Exception {
        NetworkOptions options = new NetworkOptions(room, "x", 1, new NetworkOptions.Reach.ThisMachine(), null, NetworkOptions.ANY_PORT, null);
        RoomAddress address = RoomAddress.of(options);
        String stack = new String(StackSource.open(options, address).readAllBytes(), StandardCharsets.UTF_8);
        BufferedReader plain = victim(List.of(), "plain", stack);
        Process parlor = start(List.of(), "parlor", room);
        BufferedReader parlorSays = reader(parlor);
        awaitLine(plain, "listening");
        awaitLine(parlorSays, "listening");
        try (JChannel attacker = new JChannel(new ByteArrayInputStream(stack.getBytes(StandardCharsets.UTF_8)))) {
            attacker.connect("another cluster");
            attacker.send(new ObjectMessage(null, new Gadget()));
            awaitLine(plain, "GADGET RAN");
        }
        try (JChannel attacker = new JChannel(new ByteArrayInputStream(stack.getBytes(StandardCharsets.UTF_8)))) {
            attacker.connect(address.clusterName());
            attacker.send(new ObjectMessage(null, new Gadget()));
            awaitLine(plain, "GADGET RAN");
        }
        parlor.getOutputStream().close();
        List<String> said = parlorSays.lines().toList();
        assertThat(said).noneMatch(line -> line.contains("GADGET RAN")).anyMatch(line -> line.startsWith("status"));
    }

    @Test
    void aDoorThatIsHeldOpenIsNoticed() throws Exception {
        awaitLine(victim(List.of("-Djgroups.deserialization.filter=*"), "parlor", room), "refused DESERIALIZATION_OPEN");
    }

    private BufferedReader victim(List<String> options, String... args) throws Exception {
        return reader(start(options, args));
    }

    private Process start(List<String> options, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), GadgetVictim.class.getName()));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        started.add(process);
        return process;
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static void awaitLine(BufferedReader says, String wanted) throws Exception {
        List<String> said = new ArrayList<>();
        for (String line; (line = says.readLine()) != null;) {
            said.add(line);
            if (line.contains(wanted)) {
                return;
            }
        }
        throw new AssertionError("never said \"" + wanted + "\" but: " + said);
    }
}
