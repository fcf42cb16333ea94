package dev.parlor;

import java.util.Map;
import java.util.TreeMap;

/**
 * Others have everything that was written before a {@link Room#flush}, but have dropped messages that were sent before it: their
 * listeners stood still for longer than messages wait for them, or so much waited that no more could be held. Each loss is told
 * once, by the first flush that hears of it.
 */
public final class MessagesDroppedException extends ParlorException {
    private static final long serialVersionUID = 1L;

    /** Who has dropped how many. */
    private final TreeMap<String, Long> dropped;

    /**
     * An exception that names who has dropped how many.
     *
     * @param dropped the number of messages by the display name of the participant
     */
    public MessagesDroppedException(Map<String, Long> dropped) {
        super("messages were dropped by " + new TreeMap<>(Require.map(dropped, "the numbers of messages"))
                + ", whose listeners are too slow: send less often, or give "
                + "them more room with messageBacklog(…). All state has arrived");
        this.dropped = new TreeMap<>(dropped);
    }

    /**
     * Who has dropped messages of this participant.
     *
     * @return the number of messages by the display name of the participant
     */
    public Map<String, Long> dropped() {
        return new TreeMap<>(dropped);
    }
}
