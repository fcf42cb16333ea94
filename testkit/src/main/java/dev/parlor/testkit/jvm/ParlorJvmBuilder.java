package dev.parlor.testkit.jvm;

import dev.parlor.InvalidArgumentException;
import dev.parlor.testkit.internal.argument.Patience;
import dev.parlor.testkit.internal.argument.Require;
import dev.parlor.testkit.internal.control.ControlEnvironment;
import dev.parlor.testkit.internal.process.Children;
import dev.parlor.testkit.internal.process.InheritedPath;
import dev.parlor.testkit.internal.process.JvmMain;
import dev.parlor.testkit.internal.process.TaskCode;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says how to start a {@link ParlorJvm}. Each method returns this builder. Not thread-safe; may start several. */
public final class ParlorJvmBuilder {
    /**
     * The first of the two compilers only: what a test's JVM does in its first seconds it does a third faster so (five JVMs
     * on two cores met at a barrier after 2.9 s instead of 4.2 s), and in its later minutes slower.
     */
    private static final String QUICK_START = "-XX:TieredStopAtLevel=1";

    /**
     * By which the test's JVM may have been given options: a debugger's port can be had by one JVM only, and a heap size or a
     * recording is meant for the one it was written for.
     */
    private static final List<String> OPTION_VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    /** Null for one named by its program. */
    private final @Nullable String name;
    private final List<String> options = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private @Nullable ControlRoom control;
    private @Nullable Duration patience;

    ParlorJvmBuilder(@Nullable String name) {
        if (name != null && name.isBlank()) {
            throw new InvalidArgumentException("the name of a JVM is blank: pass one such as \"server\"");
        }
        this.name = name;
    }

    /**
     * Options of the JVM, after those given before. By default it has {@code -XX:TieredStopAtLevel=1}, with which it starts
     * faster and runs slower in the long run; {@code "-XX:TieredStopAtLevel=4"} makes it as fast as any. It uses no archive of
     * classes (AppCDS): Java makes none for a class path with directories, which that of a build has.
     *
     * @param jvmOptions such as {@code "-Xmx64m"}, {@code "-javaagent:…"}, {@code "-ea"}
     * @return this
     */
    public ParlorJvmBuilder jvmOptions(String... jvmOptions) {
        options.addAll(List.of(Require.all(jvmOptions, "the options")));
        return this;
    }

    /**
     * A system property of the JVM.
     *
     * @param key such as {@code "org.slf4j.simpleLogger.defaultLogLevel"}
     * @param value its value
     * @return this
     */
    public ParlorJvmBuilder systemProperty(String key, String value) {
        Require.present(key, "the key", "pass the name of a system property");
        Require.present(value, "the value", "pass \"\" for an empty one");
        return jvmOptions("-D" + key + "=" + value);
    }

    /**
     * An environment variable, beside those of the test's JVM. The JVM does not inherit {@code JAVA_TOOL_OPTIONS},
     * {@code JDK_JAVA_OPTIONS} and {@code _JAVA_OPTIONS}, but has them if they are given here.
     *
     * @param key its name
     * @param value its value
     * @return this
     */
    public ParlorJvmBuilder environment(String key, String value) {
        environment.put(Require.present(key, "the key", "pass the name of an environment variable"),
                Require.present(value, "the value", "pass \"\" for an empty one"));
        return this;
    }

    /**
     * The control room that the JVM finds by {@link ControlRoom#join()} or as the parameter of its task. It is closed with
     * that, and told of in its reports.
     *
     * @param room a control room of this JVM
     * @return this
     */
    public ParlorJvmBuilder in(ControlRoom room) {
        control = Require.present(room, "the control room", "leave the call out for none");
        return this;
    }

    /**
     * How long the methods of the JVM wait that are given no time.
     *
     * @param timeout default: that of the control room, 30 s without one
     * @return this
     */
    public ParlorJvmBuilder patience(Duration timeout) {
        patience = Patience.check(timeout);
        return this;
    }

    /**
     * Starts a JVM that runs a program.
     *
     * @param main a class with {@code public static void main(String[])}; need not be public itself
     * @param args the arguments of its main method
     * @return the JVM; it has only just begun
     * @throws InvalidArgumentException if the class has no such method
     * @throws JvmException if the process cannot be started
     */
    public ParlorJvm start(Class<?> main, String... args) {
        List<String> arguments = new ArrayList<>(List.of(checked(main).getName()));
        arguments.addAll(List.of(Require.all(args, "the arguments")));
        return launch(name == null ? Children.freeName(main.getSimpleName()) : name, arguments, new byte[0]);
    }

    /**
     * Starts a JVM that runs a task.
     *
     * @param task what to run there
     * @return the JVM; it has only just begun
     * @throws TaskNotSerializableException if the task captures what cannot travel
     * @throws JvmException if the process cannot be started
     */
    public ParlorJvm run(Task task) {
        String as = name == null ? Children.freeName("task") : name;
        if (task == null) {
            throw new InvalidArgumentException("the task of the JVM \"" + as + "\" is null: pass a lambda");
        }
        try {
            return launch(as, List.of(JvmMain.TASK, as), TaskCode.write(as, new InControlRoom(task), task));
        } catch (TaskCode.NotTransferableException e) {
            throw new TaskNotSerializableException(String.valueOf(e.getMessage()), e.getCause());
        }
    }

    /** A task in the other JVM, with the control room that this was started with. */
    private record InControlRoom(Task task) implements TaskCode.Program {
        @Override
        public void run() throws Exception {
            try (ControlRoom control = ControlEnvironment.isSet() ? ControlRoom.join() : ControlRoom.none()) {
                task.run(control);
            }
        }
    }

    private static Class<?> checked(Class<?> main) {
        Require.type(main);
        try {
            if (Modifier.isStatic(main.getMethod("main", String[].class).getModifiers())) {
                return main;
            }
        } catch (NoSuchMethodException e) {
            // Told below, as the static one.
        }
        throw new InvalidArgumentException(main.getName() + " has no public static void main(String[]), so it cannot be run "
                + "in a JVM of its own: give it one, or pass a task to run(…)");
    }

    private ParlorJvm launch(String as, List<String> arguments, byte[] task) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", File.separatorChar == '\\' ? "java.exe" : "java").toString());
        // What it prints, in the one encoding that is read here; the name of the property differs between versions of Java.
        for (String property : List.of("sun.stdout.encoding", "sun.stderr.encoding", "stdout.encoding", "stderr.encoding")) {
            command.add("-D" + property + "=UTF-8");
        }
        command.add(QUICK_START);
        command.addAll(options);
        command.add(JvmMain.class.getName());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // Not as an argument: on Windows the whole command may take 32,767 characters only.
        String classPath = InheritedPath.asClassPath();
        builder.environment().put("CLASSPATH", classPath);
        ControlEnvironment.remove(builder.environment());
        OPTION_VARIABLES.forEach(builder.environment()::remove);
        Duration waits = patience;
        if (control != null) {
            builder.environment().putAll(control.environment(as));
            waits = waits == null ? control.patience() : waits;
        }
        builder.environment().putAll(environment);
        try {
            Process process = Children.start(as, builder);
            ParlorJvm jvm = new ParlorJvm(as, process, waits == null ? Patience.DEFAULT : waits);
            if (control != null) {
                control.started(jvm);
            }
            handOver(process, task);
            return jvm;
        } catch (IOException e) {
            throw new JvmException("the JVM \"" + as + "\" could not be started: " + e.getMessage() + " (its class path has "
                    + classPath.length() + " characters; Linux takes at most 131,071)", e);
        }
    }

    private static void handOver(Process process, byte[] task) {
        try {
            DataOutputStream in = new DataOutputStream(process.getOutputStream());
            in.writeInt(task.length);
            in.write(task);
            in.flush();
        } catch (IOException ended) {
            // It has ended before it has read its task, perhaps for an option it does not know: its exit code and output tell.
        }
    }
}
