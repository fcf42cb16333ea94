package dev.parlor.demo.doctor;

import dev.parlor.Doctor;
import dev.parlor.DoctorReport;
import dev.parlor.ParlorException;
import dev.parlor.Room;
import dev.parlor.RoomBuilder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at the network of a room without joining it, and prints what is wrong with it. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {"Say why somebody is not met: look at the network of a room for five seconds, without joining it.",
            "Ends with 0 if no problem was found, with 1 if one was, with 2 if it could not look."})
public final class DoctorCommand implements Callable<Integer> {
    private static final int PROBLEM = 1;
    private static final int NOT_LOOKED = 2;

    @Parameters(arity = "0..1", paramLabel = "ROOM", defaultValue = "lounge", description = "The room's name. Default: ${DEFAULT-VALUE}.")
    private String roomName;

    @Option(names = "--lan", description = "Look for programs on the local network.")
    private boolean lan;

    @Option(names = "--hosts", paramLabel = "HOST[:PORT],...", description = "Look for programs on these hosts.")
    private String hosts;

    @Option(names = "--folder", paramLabel = "FOLDER", description = "Look for programs that share this folder.")
    private Path folder;

    @Option(names = "--interface", paramLabel = "NAME", description = "The network interface that the programs are told to use, if they are.")
    private String networkInterface;

    @Option(names = "--port", paramLabel = "N", description = "The port that the programs are told to use, if they are.")
    private Integer port;

    @Option(
            names = "--passphrase",
            paramLabel = "TEXT",
            interactive = true,
            arity = "0..1",
            prompt = "Passphrase: ",
            description = "That of the room. Without TEXT it is asked for and not shown, which needs a terminal.")
    private char[] passphrase;

    @Option(names = "--json", description = "Print one line of JSON for programs.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** Not for others to make: picocli calls it. */
    DoctorCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            RoomBuilder builder = builder();
            if (!json) {
                out.println("Looking, which takes five seconds …");
                out.flush();
            }
            DoctorReport report = Doctor.examine(builder);
            out.println(json ? report.toJson() : "\n" + report);
            out.flush();
            return report.isHealthy() ? 0 : PROBLEM;
        } catch (ParlorException e) {
            spec.commandLine().getErr().println("Cannot look at the network of the room \"" + roomName + "\": " + e.getMessage());
            return NOT_LOOKED;
        } finally {
            if (passphrase != null) {
                Arrays.fill(passphrase, ' ');
            }
        }
    }

    private RoomBuilder builder() {
        RoomBuilder builder = Room.named(roomName);
        if (lan) {
            builder.lan();
        }
        if (hosts != null) {
            builder.hosts(hosts.split(","));
        }
        if (folder != null) {
            builder.folder(folder);
        }
        if (networkInterface != null) {
            builder.networkInterface(networkInterface);
        }
        if (port != null) {
            builder.port(port);
        }
        if (passphrase != null) {
            builder.passphrase(passphrase);
        }
        return builder;
    }
}
