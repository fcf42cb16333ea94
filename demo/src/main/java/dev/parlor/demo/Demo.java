package dev.parlor.demo;

import dev.parlor.demo.chat.ChatCommand;
import dev.parlor.demo.desktop.DesktopCommand;
import dev.parlor.demo.doctor.DoctorCommand;
import dev.parlor.demo.tour.Tour;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The command line of the demo: {@code desktop} opens a window, {@code tour} shows what Parlor does, {@code chat} lets people
 * try it in a terminal, {@code doctor} says why somebody is not met. Without a command it opens a window where there is a display.
 */
@Command(
        name = "parlor-demo",
        mixinStandardHelpOptions = true,
        version = {"Parlor demo 0.1.0", "Java ${java.version} (${java.vm.name})"},
        header = {"Parlor: JVMs share live state without a server.", ""},
        customSynopsis = "java -jar demo/target/parlor-demo.jar [desktop | tour | chat ROOM --name NAME | doctor ROOM] [--help] [--version]",
        footer = {
            "",
            "New here? See it work, in some seconds:",
            "",
            "  java -jar demo/target/parlor-demo.jar tour",
            "",
            "Then try it yourself, in two windows:",
            "",
            "  java -jar demo/target/parlor-demo.jar desktop lounge --name Ada --peers 1",
            "",
            "Or in two terminals:",
            "",
            "  java -jar demo/target/parlor-demo.jar chat lounge --name Ada",
            "  java -jar demo/target/parlor-demo.jar chat lounge --name Bob",
            "",
            "Only programs on this machine meet, unless you say --lan or --hosts. If they do not, ask why:",
            "",
            "  java -jar demo/target/parlor-demo.jar doctor lounge --lan"
        },
        subcommands = {DesktopCommand.class, Tour.class, ChatCommand.class, DoctorCommand.class})
final class Demo implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Not for others to make: picocli calls it. */
    Demo() {}

    /**
     * Runs the command line and ends with its exit code.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Demo()).setUsageHelpWidth(100).execute(args));
    }

    /** Without a subcommand, opens a window; without a display, says what to type first. */
    @Override
    public void run() {
        if (DesktopCommand.hasDisplay()) {
            spec.commandLine().execute("desktop");
        } else {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
    }
}
