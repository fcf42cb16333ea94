package dev.parlor;

/**
 * Something that a developer or user should know and that is nobody's exception. Also logged, and counted in
 * {@link RoomStats#warnings()}.
 *
 * @param kind what it is, for a program
 * @param message what it is and what to do, for a person
 */
public record Warning(Kind kind, String message) implements RoomEvent {
    /**
     * A warning.
     *
     * @param kind what it is, for a program
     * @param message what it is and what to do, for a person
     * @throws InvalidArgumentException if one is null
     */
    public Warning {
        Require.present(kind, "the kind", "pass one of Warning.Kind");
        Require.message(message);
    }

    /** What a warning is about. */
    public enum Kind {
        /**
         * A value's class is not registered here or its bytes cannot be read; the entry is kept and passed on. Told once for
         * each class and reason, counted in {@link RoomStats#undecodableValues} for each value.
         */
        UNDECODABLE_VALUE,
        /**
         * A value was read without enum constants that this program lacks: fields, elements of lists and arrays and values of
         * maps hold null in their place, sets and keys of maps go without. The entry is kept and passed on whole.
         */
        INCOMPLETE_VALUE,
        /** A frame could not be read, or was not for us to take; it was ignored. */
        UNDECODABLE_FRAME,
        /**
         * Somebody in the room speaks no version of Parlor's protocol that this program speaks: neither hears the other, and nobody
         * waits for it. Update Parlor in the older of the two programs.
         */
        OTHER_VERSION,
        /** A clock differs from the room's by more than {@link RoomBuilder#maxClockSkew}. */
        CLOCK_SKEW,
        /** Two participants have the same display name. */
        NAME_CLASH,
        /** Somebody is in the JGroups cluster who does not speak Parlor, or writes what is another's. */
        INTRUDER,
        /** A participant did not answer during the join; it is announced when it does. */
        SILENT_PARTICIPANT,
        /** Messages were dropped: the listeners here are too slow, or their sender vanished amid sending. */
        MESSAGES_DROPPED,
        /** Three quarters of the memory for something are in use, or something was refused or dropped for want of it. */
        MEMORY,
        /** What a sender wrote before a message did not arrive for seconds; the message was delivered without it. */
        MESSAGES_LATE,
        /**
         * A listener or handler threw; the others were served. Of one listener's exceptions one is told in five seconds, and
         * how many more there were; all are counted ({@link RoomStats#listenerFailures}).
         */
        LISTENER_FAILED,
        /**
         * The executor of {@link RoomBuilder#deliverOn} refuses to run listeners, has not run them for five seconds, or runs
         * them on the thread that hands them over. Told once for each; further ones are counted ({@link
         * RoomStats#executorFailures}).
         */
        LISTENER_EXECUTOR,
        /**
         * A message came while no listener for its class was registered: nobody heard it. Told once for each class; all are
         * counted ({@link RoomStats#messagesUnheard}). Register before the join, with {@link RoomBuilder#onMessage}.
         */
        MESSAGE_UNHEARD,
        /**
         * Others are on the network and the multicast of one does not reach the other: a switch, access point, VPN or firewall does
         * not let it through. They are met by other ways (broadcast, {@link RoomBuilder#hosts}, {@link RoomBuilder#folder}); where
         * these do not go either, they are not met.
         */
        MULTICAST_BLOCKED,
        /**
         * Nobody else has been heard on the network for five seconds since the room was opened. Nobody else may be there; if
         * somebody is, the message says what to look at, and {@link Doctor} looks at it. Told once.
         */
        NOBODY_HEARD,
        /** Somebody is heard and cannot be reached, or the other way round, as behind a firewall. */
        UNREACHABLE,
        /**
         * The connections to all routers of {@link RoomBuilder#via} have ended, so nobody else can be reached. They are tried again
         * twice a second, and the room goes on as after any cut when one is back.
         */
        ROUTERS_LOST,
        /** A host of {@link RoomBuilder#hosts} has no address at the moment. It is asked for again. */
        UNKNOWN_HOST,
        /** Two different values carried the same stamp, which a correct program never makes. */
        STAMP_DEFECT
    }
}
