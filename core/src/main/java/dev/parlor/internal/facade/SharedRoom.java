package dev.parlor.internal.facade;

import dev.parlor.InvalidArgumentException;
import dev.parlor.MessageReceived;
import dev.parlor.ParlorException;
import dev.parlor.Participant;
import dev.parlor.ParticipantId;
import dev.parlor.ParticipantUpdated;
import dev.parlor.Room;
import dev.parlor.RoomEvent;
import dev.parlor.RoomNetwork;
import dev.parlor.RoomStats;
import dev.parlor.RoomStatus;
import dev.parlor.RoomTimeoutException;
import dev.parlor.SessionData;
import dev.parlor.SignalReceived;
import dev.parlor.Subscription;
import dev.parlor.WaitInterruptedException;
import dev.parlor.internal.arguments.Arguments;
import dev.parlor.internal.engine.RoomEngine;
import dev.parlor.internal.family.Registrations;
import dev.parlor.internal.listener.BoundParticipants;
import dev.parlor.internal.listener.PacedEvents;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A room as users see it: checks and encodes on the caller's thread, then hands on to the engine. */
public final class SharedRoom implements Room {
    /** The timer of the room ends a flush, and names who has not confirmed; only if it does not run does the caller's patience. */
    private static final Duration GRACE = Duration.ofMillis(200);

    private final RoomEngine engine;
    private final Encoding encoding;
    private final SharedSessionData sessionData;
    private final OwnUserData userData;

    /** A room that an engine runs. */
    public SharedRoom(RoomEngine engine, Encoding encoding) {
        this.engine = engine;
        this.encoding = encoding;
        this.userData = new OwnUserData(engine, encoding);
        this.sessionData = new SharedSessionData(engine.state().session(), engine.values(), engine.writing(), engine.calls(),
                new Registrations(engine, engine.dispatcher(), engine.environment()), encoding);
    }

    @Override
    public String name() {
        return engine.options().room();
    }

    @Override
    public SessionData sessionData() {
        return sessionData;
    }

    @Override
    public Participant me() {
        return participant(new ParticipantId(engine.state().self())).orElseThrow();
    }

    @Override
    public List<Participant> participants() {
        return engine.state().inJoiningOrder().stream().map(engine.values()::participant).toList();
    }

    @Override
    public Optional<Participant> participant(ParticipantId id) {
        if (id == null) {
            throw new InvalidArgumentException("the id must not be null: take one from participant.id()");
        }
        return engine.state().inJoiningOrder().stream().filter(each -> each.id() == id.value()).findFirst()
                .map(engine.values()::participant);
    }

    @Override
    public Participant host() {
        return engine.values().participant(engine.state().inJoiningOrder().get(0));
    }

    @Override
    public List<Participant> awaitParticipants(int count, Duration timeout) {
        engine.requireOpen();
        requireTimeout(timeout);
        engine.awaitParticipants(count, timeout);
        return participants();
    }

    @Override
    public void setUserData(Object data) {
        userData.set(data);
    }

    @Override
    public <T> void updateUserData(Class<T> type, UnaryOperator<T> change) {
        userData.update(type, change);
    }

    @Override
    public Subscription bindParticipants(Consumer<? super List<Participant>> consumer) {
        Arguments.requireListener(consumer);
        return bind(Duration.ZERO, consumer);
    }

    @Override
    public Subscription bindParticipants(Duration interval, Consumer<? super List<Participant>> consumer) {
        Arguments.requireListener(consumer);
        requireTimeout(interval);
        return bind(interval, consumer);
    }

    private Subscription bind(Duration interval, Consumer<? super List<Participant>> consumer) {
        return register(() -> BoundParticipants.register(engine.state()::inJoiningOrder, engine.values(), engine.dispatcher(), engine.environment(),
                interval, consumer));
    }

    @Override
    public void send(Object payload) {
        engine.requireOpen();
        engine.calls().send(encoding.message(payload));
    }

    @Override
    public void send(Object payload, Participant... to) {
        engine.requireOpen();
        requireParticipants(to);
        byte[] bytes = encoding.message(payload);
        engine.calls().send(bytes, List.of(to));
    }

    @Override
    public void signal(Object payload) {
        engine.requireOpen();
        engine.calls().signal(payload, encoding.signal(payload));
    }

    @Override
    public <T> Subscription onSignal(Class<T> type, BiConsumer<? super T, ? super Participant> listener) {
        Class<T> heard = heard(type, listener);
        return register(() -> engine.dispatcher().subscribe(SignalReceived.class, event -> heard.isInstance(event.payload()),
                event -> listener.accept(heard.cast(event.payload()), event.from()), listener));
    }

    @Override
    public <T> Subscription onSignal(Class<T> type, Duration interval, BiConsumer<? super T, ? super Participant> listener) {
        Class<T> heard = heard(type, listener);
        requireTimeout(interval);
        return register(() -> PacedEvents.signals(engine.dispatcher(), engine.environment(), interval,
                event -> heard.isInstance(event.payload()),
                event -> listener.accept(heard.cast(event.payload()), event.from()), listener));
    }

    private <T> Class<T> heard(Class<T> type, Object listener) {
        Arguments.requireType(type);
        Arguments.requireListener(listener);
        return encoding.codec().asked(type);
    }

    @Override
    public <R> CompletableFuture<R> request(Object payload, Participant to, Class<R> type, Duration timeout) {
        engine.requireOpen();
        requireParticipant(to);
        Arguments.requireType(type);
        requireTimeout(timeout);
        return engine.calls().ask(encoding.message(payload), to, encoding.codec().asked(type), timeout);
    }

    @Override
    public <T> Subscription onMessage(Class<T> type, BiConsumer<? super T, ? super Participant> listener) {
        Class<T> heard = heard(type, listener);
        return register(() -> engine.dispatcher().subscribe(MessageReceived.class, event -> heard.isInstance(event.payload()),
                event -> listener.accept(heard.cast(event.payload()), event.from()), listener));
    }

    @Override
    public <T> Subscription onRequest(Class<T> type, BiFunction<? super T, ? super Participant, ?> handler) {
        Arguments.requireType(type);
        Arguments.requireListener(handler);
        engine.requireOpen();
        return engine.answering().handle(encoding.codec().asked(type), handler);
    }

    @Override
    public <E extends RoomEvent> Subscription on(Class<E> type, Consumer<? super E> listener) {
        Arguments.requireType(type);
        Arguments.requireListener(listener);
        return register(() -> engine.dispatcher().subscribe(type, listener));
    }

    /** Under the room's lock nothing happens that a listener misses though its registration has begun before. */
    private Subscription register(Supplier<Subscription> registration) {
        return engine.call(registration);
    }

    @Override
    public Subscription onUpdate(Duration interval, Consumer<? super ParticipantUpdated> listener) {
        Arguments.requireListener(listener);
        requireTimeout(interval);
        return register(() -> PacedEvents.updates(engine.dispatcher(), engine.environment(), interval, listener));
    }

    @Override
    public RoomStatus status() {
        return engine.status();
    }

    @Override
    public void flush(Duration timeout) {
        CompletableFuture<@Nullable Void> flushed = flushAsync(timeout);
        try {
            flushed.get(timeout.plus(GRACE).toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ParlorException why) {
                throw why;
            }
            throw new CompletionException(e.getCause());
        } catch (TimeoutException e) {
            flushed.cancel(true);
            throw new RoomTimeoutException("not everybody confirmed within " + timeout + ": what was written is still "
                    + "sent");
        } catch (InterruptedException e) {
            flushed.cancel(true);
            Thread.currentThread().interrupt();
            throw new WaitInterruptedException("interrupted while waiting for everybody in the room \"" + name()
                    + "\" to confirm: what was written is still sent", e);
        }
    }

    @Override
    public CompletableFuture<@Nullable Void> flushAsync(Duration timeout) {
        engine.requireOpen();
        requireTimeout(timeout);
        return engine.calls().flush(timeout);
    }

    @Override
    public CompletableFuture<@Nullable Void> rekey(char[] passphrase, Participant... without) {
        engine.requireOpen();
        if (passphrase == null) {
            throw new InvalidArgumentException("the passphrase must not be null: pass some words");
        }
        requireParticipants(without);
        engine.calls().requireKeys();
        return engine.calls().rekey(Texts.passphrase(passphrase, "pass some words"), List.of(without));
    }

    @Override
    public RoomNetwork network() {
        return engine.network();
    }

    @Override
    public RoomStats stats() {
        return engine.stats();
    }

    @Override
    public void close() {
        engine.close();
    }

    @Override
    public String toString() {
        return "Room[" + name() + ", " + engine.options().displayName() + ", " + status() + "]";
    }

    RoomEngine engine() {
        return engine;
    }

    private static void requireParticipants(Participant... participants) {
        if (participants == null) {
            throw new InvalidArgumentException("the participants must not be null: leave them out to name nobody");
        }
        for (Participant each : participants) {
            requireParticipant(each);
        }
    }

    private static void requireParticipant(@Nullable Participant participant) {
        if (participant == null) {
            throw new InvalidArgumentException("the participant must not be null: take one from room.participants()");
        }
    }

    /** @throws InvalidArgumentException if it is no time that may be zero */
    public static Duration requirePace(@Nullable Duration interval) {
        if (interval == null || !interval.isZero()) {
            requireTimeout(interval);
        }
        return interval == null ? Duration.ZERO : interval;
    }

    /** @throws InvalidArgumentException if it is no time to wait */
    public static void requireTimeout(@Nullable Duration timeout) {
        Arguments.requireTime(timeout);
    }
}
