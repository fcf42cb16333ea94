package dev.parlor.internal.dispatch;

import dev.parlor.HostChanged;
import dev.parlor.MessageReceived;
import dev.parlor.RoomEvent;
import dev.parlor.SessionDataChanged;
import dev.parlor.internal.session.SessionChange;
import dev.parlor.internal.session.VersionedValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a {@link Dispatcher} promises, said as simply as it can be: a list of listeners, each of which is asked at each event. On one
 * thread.
 */
final class ListedListeners implements ListeningScript.Subject {
    private static final int ITEMS_A_TURN = 256;

    /** A listener. */
    private final class Listed implements AutoCloseable {
        private final ListeningScript.Wish wish;
        private final ListeningScript.Heard heard;
        private final int since = nextItem;
        private boolean ended;
        private boolean shows;

        Listed(ListeningScript.Wish wish, ListeningScript.Heard heard) {
            this.wish = wish;
            this.heard = heard;
        }

        boolean hearsWhole(Class<? extends RoomEvent> type) {
            return wish.type() != null && wish.type().isAssignableFrom(type);
        }

        boolean hears(String key) {
            return hearsWhole(SessionDataChanged.class)
                    || wish.keys() != null && (wish.keys().prefix() ? key.startsWith(wish.keys().text()) : key.equals(wish.keys().text()))
                    || key.equals(wish.present());
        }

        @Override
        public void close() {
            ended = true;
            listeners = listeners.stream().filter(each -> each != this).collect(Collectors.toCollection(ArrayList::new));
        }
    }

    /** Something that waits. */
    private static final class Waiting {
        private final int number;
        private String message;
        private Map<String, SessionChange> changes;
        private Listed toShow;
        private boolean isAgain;
        /** Writes of single keys that are taken together have the same; 0 for none. */
        private int run;

        Waiting(int number) {
            this.number = number;
        }
    }

    private final Deque<Waiting> queue = new ArrayDeque<>();
    private final Deque<Waiting> taken = new ArrayDeque<>();
    final List<Object> unheard = new ArrayList<>();
    int thrown;
    int decoded;
    private List<Listed> listeners = new ArrayList<>();
    private Waiting conflating;
    private int nextItem;
    private int runs;
    /** The run that the next write of a single key joins, if it is not too long; 0 for none. */
    private int openRun;
    private int runLength;
    private Waiting told;
    private Iterator<Listed> next;
    private Listed single;
    private Iterator<SessionChange> nextChange;
    private Set<String> looked;
    private boolean heard;

    @Override
    public AutoCloseable subscribe(ListeningScript.Wish wish, ListeningScript.Heard hears) {
        conflating = null;
        openRun = 0;
        Listed listener = new Listed(wish, hears);
        listeners = new ArrayList<>(listeners);
        listeners.add(listener);
        if (wish.present() != null) {
            Waiting first = put();
            first.toShow = listener;
        }
        return listener;
    }

    private Waiting put() {
        openRun = 0;
        Waiting item = new Waiting(nextItem++);
        queue.add(item);
        return item;
    }

    @Override
    public void message(String payload) {
        put().message = payload;
    }

    @Override
    public void change(List<SessionChange> changes) {
        List<SessionChange> some = changes.stream()
                .filter(change -> listeners.stream().anyMatch(each -> each.hears(change.key()))).toList();
        if (some.isEmpty()) {
            return;
        }
        if (conflating != null) {
            some.forEach(this::fold);
            return;
        }
        boolean many = queue.size() >= EventQueue.CONFLATE_AFTER;
        Waiting item = put();
        item.changes = new LinkedHashMap<>();
        some.forEach(change -> item.changes.put(change.key(), change));
        if (many) {
            conflating = item;
        }
    }

    /** As a change of one key; but so many such are taken at once as are put in one after the other. */
    @Override
    public void write(SessionChange change) {
        boolean many = queue.size() >= EventQueue.CONFLATE_AFTER;
        boolean apart = listeners.stream().noneMatch(each -> each.hearsWhole(SessionDataChanged.class));
        boolean folds = conflating != null;
        int open = many || runLength == PendingChanges.LONGEST_RUN ? 0 : openRun;
        int before = queue.size();
        change(List.of(change));
        if (folds || queue.size() == before) {
            return;
        }
        runLength = open == 0 ? 1 : runLength + 1;
        queue.peekLast().run = open == 0 ? ++runs : open;
        openRun = apart && !many ? queue.peekLast().run : 0;
    }

    private void fold(SessionChange change) {
        SessionChange before = conflating.changes.get(change.key());
        SessionChange both = before == null ? change
                : new SessionChange(change.key(), before.before(), change.after(), change.author());
        if (before != null && VersionedValue.sameForReaders(both.before(), both.after())) {
            conflating.changes.remove(change.key());
            for (Listed each : listeners) {
                if (change.key().equals(each.wish.present()) && !each.shows) {
                    each.shows = true;
                    Waiting again = put();
                    again.toShow = each;
                    again.isAgain = true;
                }
            }
        } else {
            conflating.changes.put(change.key(), both);
        }
    }

    @Override
    public void run() {
        while (!queue.isEmpty()) {
            boolean done = told == null && taken.isEmpty();
            int run = 0;
            while (done && !queue.isEmpty() && (taken.size() < ITEMS_A_TURN || run != 0 && queue.peek().run == run)) {
                Waiting item = queue.poll();
                taken.add(item);
                run = item.run;
                openRun = run == openRun ? 0 : openRun;
                conflating = item == conflating ? null : conflating;
            }
            while (told != null || !taken.isEmpty()) {
                step();
            }
        }
    }

    private void step() {
        if (told == null) {
            Waiting item = taken.poll();
            if (item.toShow != null) {
                show(item);
                return;
            }
            told = item;
            next = listeners.iterator();
            looked = new HashSet<>();
            heard = false;
        }
        if (single != null) {
            while (nextChange.hasNext()) {
                SessionChange change = nextChange.next();
                if (!single.ended && single.hears(change.key())) {
                    if (single.wish.present() == null) {
                        look(change);
                    }
                    call(single, single.wish.present() != null ? "present" : textOf(change));
                    return;
                }
            }
            single = null;
        }
        while (next.hasNext()) {
            Listed listener = next.next();
            if (listener.ended || listener.since > told.number) {
                continue;
            }
            if (told.changes == null) {
                if (listener.hearsWhole(told.message == null ? HostChanged.class : MessageReceived.class)) {
                    heard = true;
                    call(listener, told.message);
                    return;
                }
            } else if (listener.wish.type() == null) {
                single = listener;
                nextChange = told.changes.values().iterator();
                return;
            } else if (listener.hearsWhole(SessionDataChanged.class) && !told.changes.isEmpty()) {
                told.changes.values().forEach(this::look);
                call(listener, told.changes.values().stream().map(ListedListeners::textOf).toList().toString());
                return;
            }
        }
        if (told.message != null && !heard) {
            unheard.add(told.message);
        }
        told = null;
    }

    /** Somebody gets this change. */
    private void look(SessionChange change) {
        decoded += looked.add(change.key()) ? 1 : 0;
    }

    private void show(Waiting item) {
        Listed listener = item.toShow;
        if (!listener.ended) {
            listener.shows &= !item.isAgain;
            call(listener, "present");
        }
    }

    private void call(Listed listener, String what) {
        try {
            listener.heard.heard(what);
        } catch (IllegalStateException e) {
            thrown++;
        }
    }

    private static String textOf(SessionChange change) {
        return change.key() + ":" + timeOf(change.before()) + ">" + timeOf(change.after());
    }

    private static long timeOf(VersionedValue value) {
        return value == null ? 0 : value.stamp().time();
    }
}
