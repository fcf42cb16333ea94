package dev.parlor.internal.facade;

import dev.parlor.InvalidArgumentException;
import dev.parlor.Subscription;
import dev.parlor.Undo;
import dev.parlor.internal.arguments.Arguments;
import dev.parlor.internal.dispatch.Dispatcher;
import dev.parlor.internal.engine.Inputs;
import dev.parlor.internal.engine.Writing;
import dev.parlor.internal.family.Registrations;
import dev.parlor.internal.machine.undo.History;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Steps to undo as users see them. Thread-safe. */
final class SharedUndo implements Undo {
    /** Who asks whether there is something to undo or redo, as a button does. */
    private static final class Button implements Subscription {
        private final Runnable listener;
        private final List<Button> all;
        private volatile boolean waits;
        private volatile boolean ended;

        Button(Runnable listener, List<Button> all) {
            this.listener = listener;
            this.all = all;
        }

        void call() {
            // Before it looks: what changes from here on is told by a further call.
            waits = false;
            if (!ended) {
                listener.run();
            }
        }

        @Override
        public void close() {
            ended = true;
            all.remove(this);
        }
    }

    private final Writing writing;
    private final Dispatcher dispatcher;
    private final Inputs inputs;
    private final List<Button> listeners = new CopyOnWriteArrayList<>();
    private final History history;

    SharedUndo(Writing writing, Registrations registrations, int steps, Predicate<String> keys) {
        if (steps < 1 || steps > MOST_STEPS) {
            throw new InvalidArgumentException("the steps to remember must be 1 to " + MOST_STEPS + ", got " + steps);
        }
        this.writing = writing;
        this.dispatcher = registrations.dispatcher();
        this.inputs = registrations.inputs();
        this.history = writing.remember(steps, keys, this::tell);
    }

    static Set<String> copy(@Nullable Set<String> keys) {
        if (keys == null || keys.isEmpty()) {
            throw new InvalidArgumentException("the keys must be at least one, got " + keys + ": leave them out for all keys");
        }
        for (String key : keys) {
            Arguments.requireKey(key);
        }
        return Set.copyOf(keys);
    }

    /** Under the room's lock, so that each listener waits once. */
    private void tell() {
        for (Button each : listeners) {
            if (!each.waits) {
                each.waits = true;
                dispatcher.run(each::call);
            }
        }
    }

    @Override
    public boolean canUndo() {
        return !writing.isClosed() && writing.read(history::canUndo);
    }

    @Override
    public boolean canRedo() {
        return !writing.isClosed() && writing.read(history::canRedo);
    }

    @Override
    public Result undo() {
        return writing.undo(history);
    }

    @Override
    public Result redo() {
        return writing.redo(history);
    }

    @Override
    public void group(Runnable writes) {
        Arguments.requireListener(writes);
        writing.group(history, writes);
    }

    @Override
    public Subscription onChange(Runnable listener) {
        Arguments.requireListener(listener);
        return inputs.call(() -> {
            Button added = new Button(listener, listeners);
            listeners.add(added);
            return added;
        });
    }

    @Override
    public long forgotten() {
        return writing.read(history::forgotten);
    }

    @Override
    public void close() {
        writing.forget(history);
    }
}
