package dev.parlor.demo.desktop.model.join;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.prefs.Preferences;
import java.util.stream.Stream;

/** The rooms joined lately, the last one first, kept for the user of this machine. Passphrases are not. */
public final class RecentRooms {
    private static final int KEPT = 6;
    private static final String KEY = "recent-rooms";
    /** No room's name has one. */
    private static final String SEPARATOR = "\n";

    private final Preferences preferences;

    public RecentRooms(Preferences preferences) {
        this.preferences = preferences;
    }

    /** Their names. */
    public List<String> names() {
        return Stream.of(preferences.get(KEY, "").split(SEPARATOR)).filter(name -> !name.isEmpty()).toList();
    }

    /** Takes down one that was joined. */
    public void add(String room) {
        Set<String> names = new LinkedHashSet<>();
        names.add(room);
        names.addAll(names());
        String kept = String.join(SEPARATOR, names.stream().limit(KEPT).toList());
        if (kept.length() <= Preferences.MAX_VALUE_LENGTH) {
            preferences.put(KEY, kept);
        }
    }
}
