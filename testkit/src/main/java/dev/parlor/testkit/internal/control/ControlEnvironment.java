package dev.parlor.testkit.internal.control;

import dev.parlor.InvalidArgumentException;
import dev.parlor.testkit.internal.argument.Patience;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How a process learns of its control room: by environment variables. */
public final class ControlEnvironment {
    static final String ROOM = "PARLOR_CONTROL_ROOM";
    static final String NAME = "PARLOR_CONTROL_NAME";
    static final String TYPES = "PARLOR_CONTROL_TYPES";
    static final String PATIENCE = "PARLOR_CONTROL_PATIENCE_MILLIS";

    private ControlEnvironment() {}

    public static Map<String, String> of(String room, String name, List<Class<?>> types, Duration patience) {
        return Map.of(ROOM, room, NAME, name, PATIENCE, Long.toString(patience.toMillis()),
                TYPES, types.stream().map(Class::getName).collect(Collectors.joining(",")));
    }

    /** So that a JVM that is to take part in none does not inherit the one of who starts it. */
    public static void remove(Map<String, String> environment) {
        List.of(ROOM, NAME, TYPES, PATIENCE).forEach(environment::remove);
    }

    public static boolean isSet() {
        return System.getenv(ROOM) != null;
    }

    public static String room() {
        String room = System.getenv(ROOM);
        if (room == null) {
            throw new InvalidArgumentException("the environment variable " + ROOM + " is not set, so there is no control room "
                    + "to join: start this program by control.start(…) or with the variables of control.environment(…); in "
                    + "the test itself use ControlRoom.open()");
        }
        return room;
    }

    public static String name() {
        String name = System.getenv(NAME);
        return name == null ? "pid " + ProcessHandle.current().pid() : name;
    }

    public static Duration patience() {
        String millis = System.getenv(PATIENCE);
        return millis == null ? Patience.DEFAULT : Duration.ofMillis(Long.parseLong(millis));
    }

    public static List<Class<?>> types() {
        String names = System.getenv(TYPES);
        return names == null || names.isEmpty() ? List.of()
                : Arrays.stream(names.split(",")).<Class<?>>map(ControlEnvironment::type).toList();
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new InvalidArgumentException("the class " + name + ", which the test has registered with its control room, "
                    + "is not on the class path of this program");
        }
    }
}
