package dev.parlor.internal.listener;

/** What shows the present of keys to a consumer. On the event thread only. */
public interface Shown {
    /** Whether the consumer has not been shown what there is now. */
    boolean isBehind();

    /** Shows what there is now, if it {@link #isBehind}. */
    void show();
}
