package dev.parlor.internal.facade;

import dev.parlor.InvalidArgumentException;
import dev.parlor.Participant;
import dev.parlor.internal.arguments.Arguments;
import dev.parlor.internal.engine.RoomEngine;
import dev.parlor.internal.machine.state.Present;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * This participant's user data, set whole or changed in part. A change is computed without any lock from what is there, and taken if
 * that is there still; else it is computed again. Thread-safe.
 */
final class OwnUserData {
    private final RoomEngine engine;
    private final Encoding encoding;
    /** Set on the thread that computes a change: what it set meanwhile would make it compute for ever. */
    private final ThreadLocal<Boolean> computing = new ThreadLocal<>();

    OwnUserData(RoomEngine engine, Encoding encoding) {
        this.engine = engine;
        this.encoding = encoding;
    }

    void set(Object userData) {
        requireNotWithin();
        engine.requireOpen();
        engine.calls().updateUserData(encoding.userData(userData));
    }

    <T> void update(Class<T> type, UnaryOperator<T> change) {
        requireNotWithin();
        if (change == null) {
            throw new InvalidArgumentException("the change must not be null: pass one such as profile -> profile.withHandRaised(true)");
        }
        Arguments.requireType(type);
        boolean taken = false;
        while (!taken) {
            engine.requireOpen();
            Present before = me();
            byte[] bytes = encoding.userData(compute(change, current(before, type)));
            taken = Arrays.equals(bytes, before.userBytes()) || engine.calls().replaceUserData(before, bytes);
        }
    }

    private Present me() {
        return engine.state().inJoiningOrder().stream().filter(each -> each.id() == engine.self()).findFirst().orElseThrow();
    }

    private <T> T current(Present me, Class<T> type) {
        Participant mine = engine.values().participant(me);
        return mine.userData(type).orElseThrow(() -> new InvalidArgumentException("the user data is "
                + mine.userData().map(object -> "of " + object.getClass().getName()).orElse("not set") + ", and not of " + type.getName()
                + ": set it once with setUserData(…), or with userData(…) on the builder of the room"));
    }

    private <T> @Nullable T compute(UnaryOperator<T> change, T current) {
        computing.set(true);
        try {
            return change.apply(current);
        } finally {
            computing.remove();
        }
    }

    private void requireNotWithin() {
        if (Objects.equals(computing.get(), true)) {
            throw new InvalidArgumentException("the user data must not be set while a change of it is computed: return the new value, and "
                    + "set nothing in the operator of updateUserData(…)");
        }
    }
}
