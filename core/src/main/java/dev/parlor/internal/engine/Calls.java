package dev.parlor.internal.engine;

import dev.parlor.InvalidArgumentException;
import dev.parlor.Key;
import dev.parlor.Participant;
import dev.parlor.RekeyException;
import dev.parlor.RequestException;
import dev.parlor.RequestException.Reason;
import dev.parlor.internal.dispatch.Keys;
import dev.parlor.internal.future.Completion;
import dev.parlor.internal.future.Completions;
import dev.parlor.internal.listener.Conditions;
import dev.parlor.internal.listener.Values;
import dev.parlor.internal.machine.RoomMachine;
import dev.parlor.internal.machine.flush.Flushes;
import dev.parlor.internal.machine.messaging.Requests;
import dev.parlor.internal.machine.output.Promise;
import dev.parlor.internal.machine.recording.Observation;
import dev.parlor.internal.machine.rekey.Secrets;
import dev.parlor.internal.machine.state.Present;
import dev.parlor.internal.machine.state.RoomOptions;
import dev.parlor.internal.net.Network;
import dev.parlor.internal.signal.SignalSender;
import dev.parlor.internal.thread.Environment;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.Frame.AppMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What callers begin here and wait for, or not: flushes, messages, requests, waits for a value, changes of the passphrase. Thread-safe. */
public final class Calls {
    private final Inputs inputs;
    private final RoomMachine machine;
    private final Environment environment;
    private final Completions completions;
    private final Conditions conditions;
    private final Values values;
    private final Waits waits;
    private final Network.@Nullable Keys keys;
    private final RoomOptions options;
    private final SignalSender signals;

    Calls(Inputs inputs, RoomMachine machine, Environment environment, Completions completions, Conditions conditions,
            Values values, Waits waits, Network network, Observation observation, RoomOptions options) {
        this.inputs = inputs;
        this.machine = machine;
        this.environment = environment;
        this.completions = completions;
        this.conditions = conditions;
        this.values = values;
        this.waits = waits;
        this.keys = network.keys();
        this.options = options;
        this.signals = new SignalSender(network, environment, () -> machine.state().inJoiningOrder().size() > 1, machine.state().stats(),
                observation);
    }

    private <T extends @Nullable Object> Promise<T> promise(Completion<T> future) {
        return new Promise<>() {
            @Override
            public void succeed(T value) {
                completions.complete(future, value);
            }

            @Override
            public void fail(Throwable why) {
                completions.fail(future, why);
            }
        };
    }

    // ---- flushes

    /** Asks everybody to confirm what was sent before. */
    public CompletableFuture<@Nullable Void> flush(Duration timeout) {
        return flush(timeout, machine.messaging().flushes()::begin);
    }

    /** Tells everybody that this participant leaves, to be confirmed as well. */
    CompletableFuture<@Nullable Void> goodbye(Duration timeout) {
        return flush(timeout, machine.messaging().flushes()::beginGoodbye);
    }

    private CompletableFuture<@Nullable Void> flush(Duration timeout, ToLongFunction<Promise<@Nullable Void>> begin) {
        Flushes flushes = machine.messaging().flushes();
        Completion<@Nullable Void> future = completions.create();
        long[] token = {Flushes.NONE};
        inputs.apply(() -> token[0] = begin.applyAsLong(promise(future)));
        long begun = token[0];
        if (begun != Flushes.NONE) {
            future.whenComplete((done, late) -> inputs.apply(() -> flushes.forget(begun)));
            completions.expire(future, timeout, () -> inputs.apply(() -> flushes.expire(begun, timeout)));
        }
        return future;
    }

    // ---- messages

    /** Sends to all. */
    public void send(byte[] payload) {
        waits.enterWithRoom(options.hearOwnMessages());
        try {
            machine.messaging().messages().sendToAll(payload);
        } finally {
            inputs.leaveAndSend();
        }
    }

    /** Sends to some. */
    public void send(byte[] payload, List<Participant> to) {
        waits.enterWithRoom(to.stream().anyMatch(each -> each.id().value() == machine.state().self()));
        try {
            machine.messaging().messages().sendTo(payload, to);
        } finally {
            inputs.leave();
        }
    }

    /** Signals to all. Takes the room's lock only if listeners here hear it. */
    public void signal(Object payload, byte[] encoded) {
        Frame.Signal signal = signals.send(payload, encoded);
        if (options.hearOwnMessages()) {
            inputs.apply(() -> machine.messaging().signals().onSignal(machine.state().self(), signal));
        }
    }

    // ---- user data

    /** This participant's user data is another. */
    public void updateUserData(byte[] encoded) {
        inputs.call(() -> {
            machine.updateUserData(encoded);
            return null;
        });
    }

    /** This participant's user data is another, if it is still what it was. @return whether it was */
    public boolean replaceUserData(Present before, byte[] encoded) {
        return inputs.call(() -> {
            boolean same = machine.state().presentOf(before.id()) == before;
            if (same) {
                machine.updateUserData(encoded);
            }
            return same;
        });
    }

    // ---- requests

    /** Asks one. @param type of the answer */
    public <R> CompletableFuture<R> ask(byte[] payload, Participant to, Class<R> type, Duration timeout) {
        Requests requests = machine.messaging().requests();
        Completion<R> future = completions.create();
        long id;
        try {
            id = begin(payload, to, reply(type, future));
        } catch (RuntimeException | Error e) {
            future.cancel(false);
            throw e;
        }
        future.whenComplete((answer, thrown) -> inputs.apply(() -> requests.forget(id)));
        completions.expire(future, timeout, () -> inputs.apply(() -> requests.fail(id, new RequestException(Reason.TIMEOUT,
                "no answer from \"" + to.name() + "\" within " + timeout))));
        return future;
    }

    private long begin(byte[] payload, Participant to, Requests.Reply reply) {
        waits.enterWithRoom(to.id().value() == machine.state().self());
        try {
            return machine.messaging().messages().ask(payload, to, reply);
        } finally {
            inputs.leave();
        }
    }

    private <R> Requests.Reply reply(Class<R> type, Completion<R> future) {
        return new Requests.Reply() {
            @Override
            public void succeed(AppMessage answer) {
                completions.later(() -> complete(future, type, answer));
            }

            @Override
            public void fail(Throwable why) {
                completions.fail(future, why);
            }
        };
    }

    /** Without the lock, where futures complete. */
    private <R> void complete(Completion<R> future, Class<R> type, AppMessage answer) {
        switch (answer.kind()) {
            case NO_HANDLER -> future.completeExceptionally(new RequestException(Reason.NO_HANDLER,
                    "nobody there handles this class of request: it needs room.onRequest(…), and the class registered"));
            case BUSY -> future.completeExceptionally(new RequestException(Reason.BUSY,
                    "so much waits there for handlers, or to be sent by them, that there is no answer: ask less often, or later"));
            case FAILED -> future.completeExceptionally(new RequestException(Reason.HANDLER_FAILED,
                    "the handler failed: " + new String(answer.payload(), StandardCharsets.UTF_8)));
            default -> {
                Optional<Object> decoded = values.decode(answer.payload(), () -> "an answer");
                if (decoded.filter(type::isInstance).isPresent()) {
                    future.complete(type.cast(decoded.get()));
                } else {
                    future.completeExceptionally(new RequestException(Reason.UNEXPECTED_ANSWER,
                            "asked for " + type.getName() + ", the answer is "
                                    + decoded.map(object -> object.getClass().getName()).orElse("not readable here")));
                }
            }
        }
    }

    // ---- values

    /** Waits for a value that satisfies a condition. */
    public <T> CompletableFuture<T> when(Key<T> key, Predicate<? super T> condition) {
        Completion<T> future = completions.create();
        inputs.apply(() -> conditions.begin(key, condition, future));
        future.whenComplete((value, thrown) -> inputs.apply(() -> conditions.forget(key, future)));
        return future;
    }

    // ---- the passphrase

    /**
     * Changes it.
     *
     * @param passphrase wiped when it is not needed any more
     * @param without who is thrown out
     */
    public CompletableFuture<@Nullable Void> rekey(char[] passphrase, List<Participant> without) {
        Set<Long> ids = without.stream().map(each -> each.id().value()).collect(Collectors.toSet());
        if (ids.contains(machine.state().self())) {
            throw new InvalidArgumentException("a participant cannot throw itself out: close the room instead");
        }
        Network.Keys with = requireKeys();
        Completion<@Nullable Void> future = completions.create();
        environment.callbacks().execute(() -> {
            try {
                byte[] key = with.derive(passphrase);
                with.prepare(key);
                Secrets secrets = Secrets.make();
                inputs.apply(() -> machine.rekeying().begin(key, secrets, ids, promise(future)));
            } catch (RuntimeException | Error e) {
                completions.fail(future, e);
                completions.pump();
            } finally {
                Arrays.fill(passphrase, '\0');
            }
        });
        return future;
    }

    /** @throws RekeyException if the room has no passphrase that could be changed */
    public Network.Keys requireKeys() {
        if (keys == null) {
            throw new RekeyException(RekeyException.Reason.OPEN_ROOM, "the room \"" + options.room()
                    + "\" has no passphrase that could be changed: begin it with passphrase(…)");
        }
        return keys;
    }
}
