package dev.parlor;

import java.util.function.Function;

/**
 * Where the API meets its implementation: the one arrow from the one to the other, drawn at run time, so that the packages of the
 * implementation know the API and never the other way.
 */
final class Door {
    private static final String IMPLEMENTATION = "dev.parlor.internal.door.RoomDoor";
    /** Gives the builder of a room. Loaded when the first room is named, which begins to load what a join needs. */
    static final Function<String, RoomBuilder> OPENER = find(IMPLEMENTATION);

    private Door() {}

    /** A function of the implementation, by the name of its class. */
    @SuppressWarnings("unchecked") // who asks knows what it takes and gives
    static <A, B> Function<A, B> find(String implementation) {
        try {
            return (Function<A, B>) Class.forName(implementation).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the library is not complete: the class " + implementation + " is missing", e);
        }
    }
}
