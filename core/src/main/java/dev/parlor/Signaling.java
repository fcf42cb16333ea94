package dev.parlor;

import java.time.Duration;
import java.util.function.BiConsumer;

/** What a {@link Room} does with signals; apart from it only for its length. */
interface Signaling {
    /**
     * Tells all others who are present where something is now that moves many times a second: a pointer, a meter, a scroll position, a
     * stroke while it is drawn. Of each class of payload the newest counts: one that comes while an older one of its class waits, here
     * to be sent or elsewhere to be told, takes its place; and one that comes late is dropped, so that of each sender and class nobody
     * hears an older one after a newer one. This is all that is promised. A signal may be lost, also the last one, and nothing is
     * repeated, confirmed or handed to late joiners; it keeps no order with messages, session data or user data, and {@link Room#flush}
     * does not ask for it. What must arrive is session data, user data or a message: say there where the thing has come to rest.
     *
     * <p>Never waits, and never fails for being called too often: at most 200 times a second something is sent, with the newest of each
     * class. In a partition, or while nobody else is here, signals are dropped; those of one side are never heard on the other, nor later.
     * What is dropped here is counted ({@link RoomStats#signalsDropped}), what the network loses is not known. Not to this participant,
     * unless the room was built with {@link RoomBuilder#hearOwnMessages()}.
     *
     * @param payload a value of a registered class, at most 8 KiB as encoded, so that it fits one datagram
     * @throws RoomClosedException if the room is closed
     * @throws InvalidArgumentException if it is null, or signals of 64 other classes have been sent here
     * @throws UnregisteredTypeException if its class is not registered
     * @throws EncodingException if it cannot be encoded
     * @throws PayloadTooLargeException if it has more than 8 KiB
     */
    void signal(Object payload);

    /**
     * Listens for signals of a class and its subclasses, from this call on: of each sender and class the newest that has come; see
     * {@link #signal}. A listener that is slow hears fewer of them, and holds up no sender. Each is an event ({@link SignalReceived}), and
     * is told after its sender has joined and before it has left. One that cannot be read here is counted ({@link
     * RoomStats#undecodableValues}).
     *
     * @param type the class
     * @param listener called on the room's event thread with the signal and its sender
     * @param <T> the class
     * @return the registration
     * @throws RoomClosedException if the room is closed
     * @throws InvalidArgumentException if nothing that arrives can be of the class
     */
    <T> Subscription onSignal(Class<T> type, BiConsumer<? super T, ? super Participant> listener);

    /**
     * Listens for signals, of each sender no more often than some time: the first is told at once, of those that follow too soon the
     * newest when the time is over, so that the listener always ends with the newest that has come.
     *
     * @param type the class
     * @param interval the shortest time between two signals of one sender, such as 50 ms; rounded up to milliseconds
     * @param listener called on the room's event thread with the signal and its sender
     * @param <T> the class
     * @return the registration
     * @throws RoomClosedException if the room is closed
     * @throws InvalidArgumentException if nothing that arrives can be of the class, or the time is not positive or over a year
     */
    <T> Subscription onSignal(Class<T> type, Duration interval, BiConsumer<? super T, ? super Participant> listener);
}
