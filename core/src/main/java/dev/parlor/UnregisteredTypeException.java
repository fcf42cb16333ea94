package dev.parlor;

/**
 * A value of a class that has not been registered was to be shared. Only registered classes travel. The message
 * names the class and the call that registers it, or what to share instead if it is a class of the JDK that does not
 * travel. Nothing has changed.
 */
public final class UnregisteredTypeException extends ParlorException {
    private static final long serialVersionUID = 1L;

    /** The name of the class that is not registered. */
    private final String typeName;

    /**
     * An exception that names a class.
     *
     * @param typeName the full name of the class that is not registered
     */
    public UnregisteredTypeException(String typeName) {
        super(named(typeName) + " is not registered, so it cannot be shared: call .types(" + simpleName(typeName)
                + ".class) on the builder of the room, in every program that is to read it");
        this.typeName = typeName;
    }

    /**
     * An exception that names a class and what to do about it.
     *
     * @param typeName the full name of the class whose objects cannot be shared as they are
     * @param whatToDo a call that registers it, or what to share instead
     */
    public UnregisteredTypeException(String typeName, String whatToDo) {
        super(named(typeName) + " is not registered, so it cannot be shared: "
                + Require.present(whatToDo, "what to do", "name a call that registers it"));
        this.typeName = typeName;
    }

    /**
     * The class that is not registered.
     *
     * @return its full name
     */
    public String typeName() {
        return typeName;
    }

    private static String named(String typeName) {
        return Require.present(typeName, "the name of the class", "pass its full name");
    }

    private static String simpleName(String name) {
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    }
}
