package dev.parlor.internal.engine;

import dev.parlor.internal.log.Log;
import dev.parlor.internal.machine.output.Effects;
import dev.parlor.internal.net.Network;
import dev.parlor.internal.thread.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Collects what an input has done outside, until the lock is given back. Guarded by the room's lock. */
final class Output implements Effects {
    /** Soon: a timer's shortest time. */
    private static final long SOON_MILLIS = 1;
    private static final Log LOG = Log.of(Output.class);

    private final Environment environment;
    private final Network network;
    private final Gate gate;
    private final Inputs inputs;
    private final Runnable onJoined;
    private final Consumer<Throwable> onJoinFailed;
    private List<Runnable> actions = new ArrayList<>();

    /**
     * Collects.
     *
     * @param onJoined called under the lock when this participant has joined
     * @param onJoinFailed called under the lock when it cannot
     */
    Output(Environment environment, Network network, Gate gate, Inputs inputs, Runnable onJoined,
            Consumer<Throwable> onJoinFailed) {
        this.environment = environment;
        this.network = network;
        this.gate = gate;
        this.inputs = inputs;
        this.onJoined = onJoined;
        this.onJoinFailed = onJoinFailed;
    }

    /** Does something more outside. */
    void act(Runnable action) {
        actions.add(action);
    }

    /** Whether there is anything to be done. */
    boolean hasActions() {
        return !actions.isEmpty();
    }

    /** What is to be done now, in order, without the lock. */
    List<Runnable> take() {
        List<Runnable> taken = actions;
        actions = new ArrayList<>();
        return taken;
    }

    @Override
    public void after(long millis, Runnable input) {
        actions.add(() -> environment.timer().after(millis, () -> inputs.apply(input)));
    }

    @Override
    public Runnable soon(Runnable input) {
        return () -> environment.timer().after(SOON_MILLIS, () -> inputs.apply(input));
    }

    @Override
    public <R> void compute(String what, Callable<R> work, Consumer<R> input) {
        actions.add(() -> environment.worker().execute(() -> {
            R result;
            try {
                result = work.call();
            } catch (Exception e) {
                LOG.debug("{} failed", what, e);
                return;
            }
            inputs.apply(() -> input.accept(result));
        }));
    }

    @Override
    public void lookForOthers() {
        actions.add(() -> environment.worker().execute(network::lookForOthers));
    }

    @Override
    public void expel(List<Long> members) {
        if (!members.isEmpty()) {
            // Not on the worker, which may be waiting for just these to give credits back.
            actions.add(() -> environment.background().execute(() -> network.expel(members)));
        }
    }

    @Override
    public void participantsChanged() {
        gate.participantsChanged();
    }

    @Override
    public void roomChanged() {
        gate.roomChanged();
    }

    @Override
    public void joined() {
        onJoined.run();
    }

    @Override
    public void joinFailed(RuntimeException why) {
        onJoinFailed.accept(why);
    }
}
