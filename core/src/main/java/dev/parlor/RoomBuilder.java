package dev.parlor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Says how to join a room. Whom it can meet is explicit: programs on <b>this machine</b> only, unless {@link #lan()},
 * {@link #hosts}, {@link #folder}, {@link #discovery}, {@link #via} or {@link #stack} is called. The first four add up; {@code via} and
 * {@code stack} stand alone, so that of these and the others the last call counts. Each method returns this builder. Not thread-safe; may be used for
 * several joins.
 */
public interface RoomBuilder {
    /**
     * The display name of this participant.
     *
     * @param name not blank, at most 200 characters; need not be unique. Default: the name of the user and process.
     * @return this
     * @throws InvalidArgumentException if it is not so
     */
    RoomBuilder as(String name);

    /**
     * User data that is there before anybody sees this participant. Encoded when the room is joined, so {@link #join} throws
     * what is wrong with it.
     *
     * @param userData a value of a registered class, of at most {@link Limits#userDataBytes} as encoded
     * @return this
     */
    RoomBuilder userData(Object userData);

    /**
     * Registers classes whose objects may travel: records, enums, and classes with fields. The JDK's usual value classes
     * (strings, numbers, {@code java.time}, {@code UUID}, lists, sets, maps) are registered already, and arrays travel when
     * what they are of does; to register them again does no harm. {@code docs/values.md} lists all. On the wire a class is
     * named by a hash of its full name, so the order does not matter. A record or class may gain, lose and reorder fields
     * between versions of a program: what the reader lacks is skipped, what the writer lacked is null or zero, a number may be
     * of another type that holds it, and an enum constant that the reader lacks is left out. What does not fit makes the value
     * unreadable at that reader; see {@link Warning.Kind#UNDECODABLE_VALUE} and {@link Warning.Kind#INCOMPLETE_VALUE}.
     *
     * <p>A class whose objects would not arrive whole is refused, at the latest when the room is joined: one that extends a
     * class of the JDK with content, one with nothing but transient fields, an inner class, and others. The {@link
     * InvalidArgumentException} says what to do instead.
     *
     * @param types the classes
     * @return this
     * @throws InvalidArgumentException if one is null
     */
    RoomBuilder types(Class<?>... types);

    /**
     * Registers a class under a number of one's own instead of the hash of its name, so that it can be renamed. A class
     * that is registered by its name as well, or under two numbers, is refused.
     *
     * @param id 1 to 65535, the same in all programs and unique among them
     * @param type the class
     * @return this
     * @throws InvalidArgumentException if the class is null or has another number already; by {@link #join} if the number is out
     *     of these bounds or another class has it
     */
    RoomBuilder type(int id, Class<?> type);

    /**
     * Lets in only who has the same passphrase: every datagram is encrypted and authenticated with a key derived from
     * the passphrase and the room's name, and what was recorded and is sent again is not taken. Where others are in the
     * room with another passphrase or none, and nobody with this one, {@code join()} ends in a {@link JoinException}
     * ({@link JoinException.Reason#WRONG_PASSPHRASE}); once in the room, such programs are counted ({@link
     * RoomStats#strangersRefused}) and warned of ({@link Warning.Kind#INTRUDER}). With {@link #stack} only if its
     * transport is UDP, TCP or TUNNEL. Deriving the key takes some tenths of a second, beside the rest of the join, and once for all rooms of
     * this name and passphrase that are open in this JVM. {@link Room#rekey} changes it.
     *
     * @param passphrase not empty; copied, the array may be wiped after the call. Passphrases that differ only in how Unicode
     *     composes their letters are the same (normal form C).
     * @return this
     * @throws InvalidArgumentException if it is empty
     */
    RoomBuilder passphrase(char[] passphrase);

    /**
     * Meets programs on the local network: finds them by multicast and broadcast at all interfaces of this machine, by IPv4 and
     * IPv6, and exchanges everything else by TCP. Without a passphrase anyone on that network can join. When the network changes
     * (another address, another interface, sleep), the room follows by itself. Where multicast is not let through, add {@link
     * #hosts}, {@link #folder} or {@link #discovery}: whoever is found first by any of these ways is met.
     *
     * @return this
     */
    RoomBuilder lan();

    /**
     * Meets programs on known hosts, without multicast. May be combined with {@link #lan}, {@link #folder} and {@link #discovery}.
     *
     * @param hosts names or addresses, each with an optional port: {@code "ada.local"}, {@code "192.0.2.7:7900"},
     *     {@code "2001:db8::7"}, {@code "[2001:db8::7]:7900"}. This host may be among them, by any of its names. Without a port,
     *     programs are found at whichever of Parlor's ports (7900 to 7999) they listen; with one, at that one and the nine after
     *     it, and a program on that host listens there. A name that is not known now is asked for again, and told by a {@link
     *     Warning} ({@link Warning.Kind#UNKNOWN_HOST}). A host that comes later is found when it does. If all are of the loopback, the room is for this machine
     *     only.
     * @return this
     * @throws InvalidArgumentException if there is none, or if one is no host
     */
    RoomBuilder hosts(String... hosts);

    /**
     * Meets programs that have the same folder, such as a share of a file server: each writes its addresses into it and asks those
     * that it finds there. May be combined with {@link #lan}, {@link #hosts} and {@link #discovery}.
     *
     * @param shared a folder that can be written to; made if it is not there. Files of programs that have ended do no harm, and are
     *     removed after a day
     * @return this
     * @throws InvalidArgumentException if it is null
     */
    RoomBuilder folder(Path shared);

    /**
     * Meets programs that are found in a way of one's own, or of another module of Parlor, such as DNS-SD ({@code
     * dev.parlor.dnssd.DnsSd}). May be combined with {@link #lan}, {@link #hosts} and {@link #folder}, and called several times.
     *
     * @param way to find others
     * @return this
     * @throws InvalidArgumentException if it is null
     */
    RoomBuilder discovery(PeerDiscovery way);

    /**
     * Meets programs anywhere that use the same routers: each keeps a TCP connection to them, and everything goes through these,
     * so that no participant needs to reach another or be reached. The router is JGroups' own, a program with no state:
     *
     * <pre>{@code java -cp jgroups.jar org.jgroups.stack.GossipRouter -port 12001 -non_blocking_sends true}</pre>
     *
     * <p>It forwards between whoever connects to it: give the room a {@link #passphrase}, under which everything is sealed from end to
     * end. A router then sees when and how much each sends to whom, and neither what nor by whom by name. Without one, anyone who
     * can reach the router can join, and the router reads all.
     *
     * <p>Each participant is connected to all routers and sends by the first of its list that is there, so a second one takes
     * over when the first ends. Routers do not know of each other: two participants that have no router in common at a moment do not
     * meet. While none can be reached, the room is cut off ({@link Warning.Kind#ROUTERS_LOST}, {@link RoomStatus#RECONNECTING}),
     * and is merged within seconds when one is back. See {@code docs/topologies.md}.
     *
     * <p>Takes the place of {@link #lan}, {@link #hosts}, {@link #folder}, {@link #discovery} and {@link #stack}, as they do of this.
     *
     * @param routers names or addresses in order of preference, the same for all participants, each with an optional port (default
     *     12001): {@code "router.example.org"}, {@code "192.0.2.7:12001"}, {@code "2001:db8::7"}, {@code "[2001:db8::7]:12001"}; at
     *     most 8. A name is looked up again for each connection. If none can be reached, the join ends in a {@link JoinException}
     *     ({@link JoinException.Reason#NO_NETWORK})
     * @return this
     * @throws InvalidArgumentException if there is none or more than 8, or one is null; by {@link #join} if one is no host
     */
    RoomBuilder via(String... routers);

    /**
     * Listens at this port, by TCP and UDP, instead of the first of 7900 to 7999 that is free, beginning with one that
     * follows from the room's name. For firewalls that let through single ports. Not for {@link #via}, {@link #stack} and rooms of this machine only.
     *
     * @param port 1 to 65535. If it is taken, the join ends in a {@link JoinException} ({@link JoinException.Reason#NO_NETWORK})
     * @return this
     * @throws InvalidArgumentException if it is not so
     */
    RoomBuilder port(int port);

    /**
     * Uses a JGroups stack of one's own. Who can be met is then up to the stack. Takes the place of {@link #lan}, {@link #hosts}, {@link
     * #folder}, {@link #discovery} and {@link #via}, as they do of this.
     *
     * @param location of the XML: a file, a URL, or {@code classpath:name}. A resource of a module is found in a package that is
     *     open to all, or in a folder that is no package. Read when the room is joined; what is wrong with it ends that in a
     *     {@link JoinException} ({@link JoinException.Reason#BAD_STACK})
     * @return this
     * @throws InvalidArgumentException if it is blank
     */
    RoomBuilder stack(String location);

    /**
     * Uses one network interface instead of the one that Parlor would choose.
     *
     * @param nameOrAddress for example {@code "eth0"} or {@code "192.0.2.7"}. If this machine has none, the join ends in a {@link
     *     JoinException} ({@link JoinException.Reason#NO_NETWORK})
     * @return this
     */
    RoomBuilder networkInterface(String nameOrAddress);

    /**
     * Runs all listeners and handlers on an executor, for example {@code SwingUtilities::invokeLater} or
     * {@code Platform::runLater}. They still run one at a time and in order, also on a pool of several threads.
     *
     * <p><b>Dialogs.</b> While a listener runs the event loop of its user interface (a modal dialog, {@code showAndWait}),
     * further events are delivered within that loop, on the same thread and in order: each listener hears everything that it
     * would have heard, those that come after the one with the dialog too. A listener can so be called again before its call
     * has returned, as it can by anything else that the loop runs.
     *
     * <p><b>What the executor does.</b> It is called on a thread of the library's pool, which nobody waits for, so an executor
     * that blocks, or runs at once what it is given ({@code Runnable::run}), holds up nothing but the listeners of its room. If
     * it refuses, events wait and are offered again several times a second; if it has not begun to run them after five
     * seconds, as when it has dropped them, they are given to it again, and never run twice. Each of these raises a {@link
     * Warning} once ({@link Warning.Kind#LISTENER_EXECUTOR}) and is counted ({@link RoomStats#executorFailures}). After {@link
     * Room#close} that goes on for 30 s; what an executor refuses for so long is then not told any more, which is logged.
     *
     * @param executor default: one daemon thread of the room
     * @return this
     * @throws InvalidArgumentException if it is null
     */
    RoomBuilder deliverOn(Executor executor);

    /**
     * How much may be shared.
     *
     * @param limits default: {@link Limits#defaults()}
     * @return this
     */
    RoomBuilder limits(Limits limits);

    /**
     * How long a join may take.
     *
     * @param timeout positive and at most a year. Default: 30 s, since a room of the greatest size takes some seconds to arrive
     * @return this
     * @throws InvalidArgumentException if it is not so
     */
    RoomBuilder joinTimeout(Duration timeout);

    /**
     * How long {@link Room#close()} waits for others to have what was written.
     *
     * @param timeout positive and at most a year. Default: 1 s, long enough for a lost packet to be sent again, short enough for
     *     a person who quits
     * @return this
     * @throws InvalidArgumentException if it is not so
     */
    RoomBuilder closeTimeout(Duration timeout);

    /**
     * How far clocks may differ before a {@link Warning} is raised, and how far a stamp from others may push this
     * participant's clock ahead.
     *
     * @param bound positive and at most a year. Default: 10 s, more than any machine with network time, less than a wrong time
     *     zone
     * @return this
     * @throws InvalidArgumentException if it is not so
     */
    RoomBuilder maxClockSkew(Duration bound);

    /**
     * How long removed keys are remembered at least. When there are very many of them (more than 10,000 and more than
     * live keys) those older than this are forgotten, unless somebody has vanished within this time who may come back. A
     * participant that was cut off for longer than this and comes back finds removed what was removed meanwhile only if
     * it had not been forgotten, and what it wrote itself longer ago than this may be gone; so choose it longer than any
     * cut is expected to last, and the same in all programs.
     *
     * @param time positive and at most a year. Default: 1 h, longer than a laptop's nap or a switch's repair; 10,000 removed keys
     *     take about 1 MB
     * @return this
     * @throws InvalidArgumentException if it is not so
     */
    RoomBuilder retention(Duration time);

    /**
     * Sends this participant's user data no more often than some time: for what is set many times a second. The first change leaves at
     * once, those that follow too soon as one when the time is over, so that the others always end with the newest. Here each is seen
     * and told at once. A {@link Room#send message} takes along what was set before it, so it may make a further frame, as may whoever
     * joins or is met after a partition. See {@link Room#signal} for what need not arrive.
     *
     * @param interval the shortest time between two frames, such as 50 ms; rounded up to milliseconds, not negative and at most a year.
     *     Default: zero, each change leaves as soon as the network takes it
     * @return this
     * @throws InvalidArgumentException if it is not so
     */
    RoomBuilder userDataPace(Duration interval);

    /**
     * How much memory the room may use beside the data that it shares: changes, messages and frames that wait, and removed
     * keys that are remembered. A {@link Warning} is raised when three quarters of what one of these may take are in use; at
     * its bound, changes conflate, senders wait or are refused, and what can do neither is dropped and counted ({@link
     * RoomStats#memoryByUse()}). Each has a share of its own. Messages that were on their way to listeners that are behind may take
     * half of the whole, so that for a while a quarter more than this may be in use. Session data and user data come on top;
     * {@link Limits} bounds them.
     *
     * @param bytes at least 4 MiB. Default: a quarter of the JVM's heap, at least 16 MiB and at most 1 GiB. With less, a
     *     listener that stands still loses messages sooner; with more, it may end the JVM.
     * @return this
     * @throws InvalidArgumentException if it is less
     */
    RoomBuilder memory(long bytes);

    /**
     * How many bytes of messages and requests may wait for the listeners and handlers of this participant. When half of it
     * does, all others hold back their messages for it, see {@link Room#send}; so no message is lost to slow listeners. What
     * was on its way then is still taken, as long as half of {@link #memory} is free. Where listeners take nothing for ten
     * seconds, messages beyond this bound are dropped, counted and warned of.
     *
     * @param bytes encoded, with 160 bytes more for each message; at least 64 KiB. Default: a quarter of {@link #memory}, at
     *     most 64 MiB. One message is always taken, however large.
     * @return this
     * @throws InvalidArgumentException if it is less
     */
    RoomBuilder messageBacklog(long bytes);

    /**
     * Makes {@link Room#send} fail with {@link OutboxFullException} when very many messages wait to be sent, instead of
     * waiting; and an answer to a request that finds no room is dropped at once, of which the asker is told ({@link
     * RequestException.Reason#BUSY}). For programs that send from a user interface's thread.
     *
     * @return this
     */
    RoomBuilder failWhenOutboxFull();

    /**
     * Lets this participant hear the messages that it sends to all.
     *
     * @return this
     */
    RoomBuilder hearOwnMessages();

    /**
     * Listens for events from the first moment, so that none falls between the join and the registration of a listener.
     * Nothing is delivered before the join has ended, and what was there at the join is not announced.
     *
     * @param type the class of the events
     * @param listener called on the room's event thread
     * @param <E> the class of the events
     * @return this
     */
    <E extends RoomEvent> RoomBuilder on(Class<E> type, Consumer<? super E> listener);

    /**
     * Listens for messages from the first moment, so that none comes while nobody listens; see {@link Room#onMessage}. If
     * nothing that arrives can be of the class, {@link #join} says so.
     *
     * @param type the class of the messages
     * @param listener called on the room's event thread
     * @param <T> the class of the messages
     * @return this
     */
    <T> RoomBuilder onMessage(Class<T> type, BiConsumer<? super T, ? super Participant> listener);

    /**
     * Answers requests from the first moment; see {@link Room#onRequest}. If nothing that arrives can be of the class, {@link
     * #join} says so.
     *
     * @param type the class of the requests
     * @param handler called on the room's event thread; see {@link Room#onRequest}
     * @param <T> the class of the requests
     * @return this
     */
    <T> RoomBuilder onRequest(Class<T> type, BiFunction<? super T, ? super Participant, ?> handler);

    /**
     * Follows the arrival of the room's state during the join: the only thing called before the join ends. Of several calls the
     * last counts.
     *
     * @param listener called on the room's event thread
     * @return this
     */
    RoomBuilder onSyncProgress(Consumer<? super SyncProgress> listener);

    /**
     * Joins and waits until the room's session data and everybody's user data are here. A participant who does not answer
     * for 2 seconds is not waited for; a {@link Warning} says so, and it is announced when it does. If nobody answers at
     * all, as when those present are stopped or cut off, the room begins alone and is merged when they are met. If all who
     * answered vanish before the session data is here, the join goes on when they come back, or fails at its timeout: it
     * never begins with a part of the room.
     *
     * @return the room
     * @throws JoinException if it cannot be joined, or if the thread is interrupted ({@link JoinException.Reason#CANCELLED},
     *     with the interrupt flag set again); nothing is left open
     * @throws InvalidArgumentException if what the builder was told cannot be, such as a class whose objects would not arrive
     *     whole; nothing was opened
     * @throws UnregisteredTypeException if the user data is of a class not registered
     * @throws EncodingException if the user data cannot be encoded
     * @throws PayloadTooLargeException if the user data is too large
     */
    Room join();

    /**
     * Joins without waiting.
     *
     * @return completed with the room, exceptionally with what {@link #join()} throws. Cancel it to stop joining. If it ends in
     *     any other way, such as by {@code orTimeout}, the join is given up as well, and nobody is left in the room. What depends
     *     on it (such as {@code thenAccept}) is done before the first listener is called, unless it takes over a second.
     */
    CompletableFuture<Room> joinAsync();
}
