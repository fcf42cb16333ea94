package dev.parlor;

/** The room has been closed (by {@link Room#close()}); join again to go on. Nothing has changed. */
public final class RoomClosedException extends ParlorException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception that names the room.
     *
     * @param room the name of the room
     */
    public RoomClosedException(String room) {
        super("the room \"" + Require.present(room, "the room", "pass its name")
                + "\" is closed: join it again with Room.named(\"" + room + "\")");
    }
}
