package dev.parlor;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A place in which programs on a network share state without a server. In a room there are three kinds of state, and
 * each has one right use: <b>session data</b> belongs to the room, anyone writes it and late joiners get it;
 * <b>user data</b> belongs to one participant, who alone writes it and with whom it goes; an <b>app-message</b> belongs
 * to the moment and reaches those present. What moves many times a second, and of which only the newest matters, is a <b>signal</b>.
 *
 * <p><b>Listeners</b> run one after the other, in the order in which things happened here, on the room's event thread
 * or the executor given to {@link RoomBuilder#deliverOn}; never on a network thread, a timer, or a thread that holds
 * anything. One that throws is logged, raises a {@link Warning} (of one listener at most one in five seconds; all are counted)
 * and harms no other. One that is slow delays the others of its room, but nobody's writes and no other room: changes of state
 * that wait for it become one for each key (old value of the first, new value of the last) when more than 1,024 events or
 * more than their share of {@link RoomBuilder#memory} wait; messages do not: when many
 * wait, their senders are held back (see {@link #send(Object)}). A listener may begin and end registrations, also
 * its own, and close the room: what was queued before, and that the room is closed, is still told. Logging blocks nobody
 * either: lines are written by a thread of their own, and those that a blocked log cannot take are counted.
 *
 * <p><b>Futures</b> that a room returns complete on a pool of the library's own, never on the event thread, and not on
 * {@link java.util.concurrent.ForkJoinPool#commonPool()}, which may be busy; so to wait for one ends in its result or its
 * timeout anywhere, also in a listener, in a handler and on the thread of {@link RoomBuilder#deliverOn}. What depends on
 * them (such as {@code thenAccept}) runs on that pool, several at once; for work on the thread of a user interface name
 * its executor: {@code thenAcceptAsync(action, SwingUtilities::invokeLater)}. They fail with the exception that is named,
 * not wrapped: {@code whenComplete((value, thrown) -> thrown instanceof RequestException)}. A future that the caller
 * cancels or completes itself, or to which it gives a time with {@code orTimeout}, leaves nothing behind.
 *
 * <p><b>Interrupts.</b> An interrupt costs nothing that was written. Writes and {@link #send} ignore it; {@link #flush} and
 * {@link #awaitParticipants} end with a {@link WaitInterruptedException}; {@link #close} does all that it does without
 * one. Each leaves the thread's interrupt flag set.
 *
 * <p><b>What it does not do.</b> A room works on on both sides of a partition, so it has no locks, no compare-and-set
 * and no total order.
 *
 * <p><b>Closed</b>, a room still tells what it was last: {@link #me}, {@link #participants}, {@link #sessionData} and {@link
 * #stats} go on working. What would write, send, listen or wait throws {@link RoomClosedException}.
 *
 * <p>Thread-safe: all methods may be called from any thread, also from listeners. No method but {@link #close},
 * {@link #flush} and {@link #awaitParticipants} waits for the network; {@link #send} waits only when very many messages
 * wait to be sent already.
 */
public interface Room extends AutoCloseable, Participating, Signaling {
    /**
     * Begins to join the room of a name.
     *
     * @param name the name, the same for all who are to meet; not blank, at most 200 characters. Names that differ only in how
     *     Unicode composes their letters are the same (normal form C); upper and lower case differ.
     * @return a builder, on which {@link RoomBuilder#join()} joins
     */
    static RoomBuilder named(String name) {
        return Door.OPENER.apply(name);
    }

    /**
     * The room's name.
     *
     * @return the name
     */
    String name();

    /**
     * What belongs to the room.
     *
     * @return the session data, always the same object
     */
    SessionData sessionData();

    /**
     * This participant. Its id is new at every join.
     *
     * @return this participant, with its present user data
     */
    Participant me();

    /**
     * Those present, this participant included, in the order in which they joined. The same everywhere once all have
     * heard the same. In a partition each side has those that it reaches; after it, all are in their order again.
     *
     * @return an immutable list, never empty
     */
    List<Participant> participants();

    /**
     * One of those present.
     *
     * @param id who
     * @return the participant, empty if not present
     */
    Optional<Participant> participant(ParticipantId id);

    /**
     * The longest present. Use it when one of you must do a thing. In a partition each side has a host, so that thing may be
     * done twice. {@link HostChanged} tells of another one.
     *
     * @return the host, who may be this participant
     */
    Participant host();

    /**
     * Waits until a number of participants is present, this one included.
     *
     * @param count how many, at least 1
     * @param timeout how long at most, positive and at most a year
     * @return those present
     * @throws InvalidArgumentException if the number or the time is not as said
     * @throws RoomTimeoutException if there are fewer at the end of that time; it names them
     * @throws WaitInterruptedException if the thread is interrupted while it waits
     * @throws RoomClosedException if the room is closed
     */
    List<Participant> awaitParticipants(int count, Duration timeout);

    /**
     * Shares something of this participant with all, now and who joins later. Visible here at once. In a partition it
     * stays what it is on the other side's last view until the sides meet again. Of several calls in short order others may
     * hear the last alone.
     *
     * @param userData a value of a registered class, not null; an empty map or string to share nothing
     * @throws RoomClosedException if the room is closed
     * @throws InvalidArgumentException if it is null
     * @throws UnregisteredTypeException if its class is not registered
     * @throws EncodingException if it cannot be encoded
     * @throws PayloadTooLargeException if it is over {@link Limits#userDataBytes()}
     */
    void setUserData(Object userData);

    /**
     * Sends a message to all others who are present. They get it once, after all state written here before, in the
     * order of sending. Not to this participant, unless the room was built with
     * {@link RoomBuilder#hearOwnMessages()}.
     *
     * <p>While very many messages wait to be sent the call waits; an interrupt does not end that wait, since the message would
     * be lost. Many wait when the network is slow, or when half of a receiver's {@link RoomBuilder#messageBacklog} waits for
     * its listeners. Listeners that take nothing for ten seconds hold up nobody: what exceeds their backlog is dropped and
     * counted there ({@link RoomStats#messagesDropped}), and told by the next {@link #flush} here. A listener that sends may
     * wait for somebody whose listener waits for it in turn, for those ten seconds; build the room with {@link
     * RoomBuilder#failWhenOutboxFull()} to have an exception instead of any wait.
     *
     * @param payload a value of a registered class
     * @throws RoomClosedException if the room is closed
     * @throws InvalidArgumentException if it is null
     * @throws UnregisteredTypeException if its class is not registered
     * @throws EncodingException if it cannot be encoded
     * @throws PayloadTooLargeException if it is over {@link Limits#messageBytes()}
     * @throws OutboxFullException if very many messages wait and the room is built to fail then
     */
    void send(Object payload);

    /**
     * Sends a message to some participants, with the promises of {@link #send(Object)}. If this participant is among
     * them it hears the message too. A participant that is named twice hears it once. With nobody named nothing is sent.
     *
     * @param payload a value of a registered class
     * @param to the recipients; of each the id counts
     * @throws RoomClosedException if the room is closed
     * @throws InvalidArgumentException if the message or a recipient is null
     * @throws UnregisteredTypeException if its class is not registered
     * @throws EncodingException if it cannot be encoded
     * @throws PayloadTooLargeException if it is over {@link Limits#messageBytes()}
     * @throws OutboxFullException if very many messages wait and the room is built to fail then
     * @throws UnknownParticipantException if one of them is not present; then nobody gets it
     */
    void send(Object payload, Participant... to);

    /**
     * Asks one participant and gets an answer. The request comes after all state written here before. Requests are handled
     * on the event thread of who is asked: who asks itself in a listener and waits there for the answer gets the timeout.
     * Requests count as messages: they are held back for a participant whose handlers are slow, as {@link #send(Object)} is.
     *
     * @param payload a value of a registered class
     * @param to whom to ask; may be this participant
     * @param type the class of the answer
     * @param timeout how long to wait for it, positive and at most a year
     * @param <R> the class of the answer
     * @return completed with the answer, exceptionally with a {@link RequestException} or a {@link RoomClosedException}.
     *     Cancel it to stop waiting; the request may be carried out all the same.
     * @throws RoomClosedException if the room is closed
     * @throws InvalidArgumentException if the payload, the participant or the class is null, nothing that arrives can be of the
     *     class, or the time is not as said
     * @throws UnregisteredTypeException if the payload's class is not registered
     * @throws EncodingException if it cannot be encoded
     * @throws PayloadTooLargeException if it is over {@link Limits#messageBytes()}
     * @throws OutboxFullException if very many messages wait and the room is built to fail then, or if 10,000 requests
     *     wait for their answers
     * @throws UnknownParticipantException if the participant is not present
     */
    <R> CompletableFuture<R> request(Object payload, Participant to, Class<R> type, Duration timeout);

    /**
     * Listens for messages of a class and its subclasses that come from now on. What came since the join and before this call
     * is heard by nobody here, unless another listener is there for it: it is counted ({@link RoomStats#messagesUnheard})
     * and told of ({@link Warning.Kind#MESSAGE_UNHEARD}). {@link RoomBuilder#onMessage} misses nothing.
     *
     * <p>A listener that is slower than its senders loses nothing, as they
     * are held back. One that takes no message for ten seconds is not waited for any more, and what exceeds {@link
     * RoomBuilder#messageBacklog} is then dropped, counted ({@link RoomStats#messagesDropped}) and warned of.
     *
     * <p>A listener that shows a modal dialog on the thread of a user interface holds up no other event: with {@link
     * RoomBuilder#deliverOn} they go on in the event loop of the dialog, and this listener may be called again there before
     * its first call has returned.
     *
     * @param type the class
     * @param listener called on the room's event thread with the message and its sender
     * @param <T> the class
     * @return the registration
     * @throws RoomClosedException if the room is closed
     * @throws InvalidArgumentException if nothing that arrives can be of the class
     */
    <T> Subscription onMessage(Class<T> type, BiConsumer<? super T, ? super Participant> listener);

    /**
     * Answers requests of a class and its subclasses. If several handlers fit, the one registered first answers.
     *
     * @param type the class
     * @param handler called on the room's event thread with the request and who asks; returns the answer, or a
     *     {@link java.util.concurrent.CompletionStage} of it when it takes time. If it throws, returns null or what cannot be
     *     sent, who asks is told so ({@link RequestException.Reason#HANDLER_FAILED})
     * @param <T> the class
     * @return the registration
     * @throws RoomClosedException if the room is closed
     * @throws InvalidArgumentException if nothing that arrives can be of the class
     */
    <T> Subscription onRequest(Class<T> type, BiFunction<? super T, ? super Participant, ?> handler);

    /**
     * Listens for events of a class, from this call on.
     *
     * @param type the class of the events; {@code RoomEvent.class} for all
     * @param listener called on the room's event thread
     * @param <E> the class of the events
     * @return the registration
     * @throws RoomClosedException if the room is closed
     */
    <E extends RoomEvent> Subscription on(Class<E> type, Consumer<? super E> listener);

    /**
     * Listens for updates of user data, of each participant no more often than some time: for what changes many times a
     * second, such as a pointer. The first update is told at once; those that follow too soon are told as one when the
     * time is over, so that the listener always ends with the newest.
     *
     * @param interval the shortest time between two updates of one participant, such as 50 ms; rounded up to milliseconds
     * @param listener called on the room's event thread
     * @return the registration
     * @throws InvalidArgumentException if the time is not positive or over a year
     * @throws RoomClosedException if the room is closed
     */
    Subscription onUpdate(Duration interval, Consumer<? super ParticipantUpdated> listener);

    /**
     * What the room is doing.
     *
     * @return the status
     */
    RoomStatus status();

    /**
     * Waits until everybody present has all that was written here before this call: session data, user data and
     * messages (arrived, not necessarily handled by their listeners; those that are held back for slow listeners are waited for).
     * Who leaves or is lost meanwhile is not waited for.
     * Alone in the room there is nothing to wait for; but who is cut off from all others ({@link RoomStatus#RECONNECTING})
     * before any of them has confirmed is told so, since they may go on without what was written.
     *
     * @param timeout how long at most, positive and at most a year
     * @throws InvalidArgumentException if the time is not as said
     * @throws RoomTimeoutException if somebody has not confirmed by then, it names them; or, at once, if all others
     *     vanished before any of them confirmed. What was written is still sent, or handed over when they are met again.
     * @throws MessagesDroppedException if others have all state but have dropped messages that were sent before, since their
     *     listeners stood still; it names them, and each loss is told once
     * @throws WaitInterruptedException if the thread is interrupted while it waits; what was written is still sent
     * @throws RoomClosedException if the room is closed
     */
    void flush(Duration timeout);

    /**
     * Like {@link #flush} without waiting.
     *
     * @param timeout how long at most, positive and at most a year
     * @return completed when everybody has confirmed, exceptionally with a {@link RoomTimeoutException}, a
     *     {@link MessagesDroppedException} or a {@link RoomClosedException}. Cancel it to stop waiting.
     * @throws InvalidArgumentException if the time is not positive or over a year
     * @throws RoomClosedException if the room is closed
     */
    @SuppressWarnings("exports") // of the annotation, which no user needs
    CompletableFuture<@Nullable Void> flushAsync(Duration timeout);

    /**
     * Changes the passphrase while the room runs. Those present follow by themselves; who joins later needs the new one.
     * Participants who are named are thrown out: they do not get the new key, cannot read what is sent from then on, and are
     * seen to leave at the moment of the change; nobody waits for them any more. The key is handed to each of the others by a
     * key agreement of its own, so that one who is thrown out, and recorded all of it, cannot read it; who is thrown out and
     * also forges the network addresses of others at that very moment can (see docs/security.md).
     *
     * <p>Nothing changes unless all who are to follow, which are those present now, confirm within ten seconds. Who is
     * just joining must join again with the new passphrase, and so must the other side of a partition. May be called from
     * any thread; does not wait.
     *
     * @param passphrase the new one, not empty; copied, so that it may be overwritten; see {@link RoomBuilder#passphrase}
     * @param without who is thrown out
     * @return done when all who are present use the new key, or had ten seconds to do so; or with a {@link RekeyException}
     *     if it was not changed, or a {@link RoomClosedException}. To cancel it does not stop the change.
     * @throws RekeyException if the room has no passphrase
     * @throws InvalidArgumentException if the passphrase is empty, or this participant is among those to throw out
     * @throws RoomClosedException if the room is closed
     */
    @SuppressWarnings("exports") // of the annotation, which no user needs
    CompletableFuture<@Nullable Void> rekey(char[] passphrase, Participant... without);

    /**
     * How this participant is on the network: which interface and address it has chosen, and why. That changes when the network
     * does, as when a laptop goes from cable to Wi-Fi. Does not wait for the network.
     *
     * @return what holds at this moment
     */
    RoomNetwork network();

    /**
     * Counters and gauges. Does not wait for the network.
     *
     * @return their values at this moment, all of the same one
     */
    RoomStats stats();

    /**
     * Leaves. Waits up to {@link RoomBuilder#closeTimeout} for what was written to reach the others, tells them, and
     * ends all threads and sockets of the room. Pending futures end with {@link RoomClosedException}. Events already
     * queued are still delivered, also if a listener calls this: those of the room's own event thread before this returns, if
     * they can be in that time, or else when the listener that stands has ended; those of an executor given to {@link
     * RoomBuilder#deliverOn} when it runs them. Calling it again does
     * nothing but wait for the first call. An interrupt shortens none of this, which takes the time of {@link
     * RoomBuilder#closeTimeout} and a second or two at most; the flag is set again at the end. A program that forgets it can
     * still exit; the others then see this participant as lost.
     */
    @Override
    void close();
}
