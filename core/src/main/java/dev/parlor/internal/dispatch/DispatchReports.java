package dev.parlor.internal.dispatch;

import dev.parlor.MessageReceived;
import dev.parlor.RoomEvent;
import org.jspecify.annotations.Nullable;

/** What a dispatcher tells of its listeners and of the executor it was given. Called without a lock. */
public interface DispatchReports {
    /**
     * A listener threw; the others were served. On the thread of the listeners.
     *
     * @param event at which, or null if at none, or at a change that was told by itself
     * @param listener the listener, or null if it is not known which
     */
    void listenerThrew(Throwable thrown, @Nullable RoomEvent event, @Nullable Object listener);

    /** A message has been handed to listeners, or there was none for it. On the thread of the listeners. */
    void message(MessageReceived message, boolean heard);

    /**
     * The executor given does not do what executors do.
     *
     * @param told whether this was told already, so that it need only be counted
     * @param what for a person
     * @param why what it threw, or null
     */
    void executorFailed(boolean told, String what, @Nullable Throwable why);
}
