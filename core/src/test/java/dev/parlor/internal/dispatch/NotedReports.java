package dev.parlor.internal.dispatch;

import dev.parlor.MessageReceived;
import dev.parlor.RoomEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Notes what a dispatcher tells. */
public final class NotedReports implements DispatchReports {
    public final List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
    final List<Object> throwers = Collections.synchronizedList(new ArrayList<>());
    final List<Object> heard = Collections.synchronizedList(new ArrayList<>());
    final List<Object> unheard = Collections.synchronizedList(new ArrayList<>());
    /** Of the executor: what was told. */
    final List<String> told = Collections.synchronizedList(new ArrayList<>());
    /** How often it failed without being told of again. */
    volatile int counted;

    @Override
    public void listenerThrew(Throwable what, RoomEvent event, Object listener) {
        thrown.add(what);
        throwers.add(listener);
    }

    @Override
    public void message(MessageReceived message, boolean byListener) {
        (byListener ? heard : unheard).add(message.payload());
    }

    @Override
    public void executorFailed(boolean already, String what, Throwable why) {
        if (already) {
            counted++;
        } else {
            told.add(what);
        }
    }
}
