package dev.parlor.internal.net.jgroups;

import dev.parlor.internal.net.RoomKey;
import dev.parlor.internal.net.jgroups.secure.RoomKeys;

/** Where the keys of rooms come from. Apart from all else, since it is the first that a join calls: no other class is loaded for it. */
public final class PassphraseKeys {
    private PassphraseKeys() {}

    /**
     * Begins to derive the key of a room, beside whatever else its join needs.
     *
     * @param passphrase may be changed afterwards
     * @return to be handed to {@link JGroupsNetwork#open(dev.parlor.internal.net.NetworkOptions, RoomKey)}, or closed
     */
    public static RoomKey begin(char[] passphrase, String room) {
        return RoomKeys.begin(passphrase, room);
    }
}
