package dev.parlor.demo.desktop.model;

import dev.parlor.Entry;
import dev.parlor.Family;
import dev.parlor.Room;
import dev.parlor.Subscription;
import dev.parlor.demo.desktop.model.shown.ChatLine;
import dev.parlor.demo.desktop.model.shown.TextLimits;
import dev.parlor.demo.desktop.state.Chat;
import dev.parlor.demo.desktop.state.Keys;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What is said to everyone: a family with a lifetime, so that who joins a little late sees the last lines, and both sides of a cut see
 * each other's when it has healed. Each line is told once; that it goes from the family later takes it from no window that has shown
 * it. For the thread that the room delivers on.
 */
final class LastLines implements AutoCloseable {
    /** How often new lines are looked for: in a storm, once for many. */
    private static final Duration PACE = Duration.ofMillis(50);
    /** Beyond so many, what was told is forgotten if it is gone: a line comes back only where a wrong room time is set right. */
    private static final int MAX_TOLD = 1_000;

    private final Room room;
    private final Clock clock;
    private final Consumer<ChatLine> listener;
    private final Family<Chat> chat;
    private final Set<String> told = new HashSet<>();
    /** Sub-keys of this participant's own lines, the oldest first. */
    private final Deque<String> mine = new ArrayDeque<>();
    private Subscription following = () -> {};

    /**
     * @param clock the time of day
     * @param listener told of what others say
     */
    LastLines(Room room, Clock clock, Consumer<ChatLine> listener) {
        this.room = room;
        this.clock = clock;
        this.listener = listener;
        this.chat = room.sessionData().family(Keys.CHAT);
    }

    /** Begins to tell of lines, the last that are there first. */
    void begin() {
        following = chat.bind(PACE, lines -> tell(lines.keySet()));
    }

    /**
     * Adds a line; throws what a put throws. Beyond {@link Keys#CHAT_LINES} the oldest of one's own goes, and never another's: who says
     * much takes nobody else's lines away, and the last lines of all are among the last of each.
     *
     * @param number which of this participant's own lines it is
     */
    ChatLine add(int number, String text, ChatLine.Heard heard) {
        if (mine.size() == Keys.CHAT_LINES) {
            String oldest = mine.removeFirst();
            // Nothing is sent for what has gone by itself.
            if (chat.containsKey(oldest)) {
                chat.remove(oldest);
            }
        }
        // The room's time is known only of what has been written, so the order of lines goes by their entries.
        String key = Keys.line(clock.millis(), room.me().id(), number);
        chat.put(key, new Chat(text));
        mine.addLast(key);
        told.add(key);
        return new ChatLine(number, key, room.sessionData().entry(Keys.CHAT.key(key)).map(Entry::at).orElseGet(clock::instant),
                room.me().name(), "", text, ChatLine.Kind.ROOM, heard);
    }

    private void tell(Set<String> keys) {
        List<ChatLine> news = keys.stream().filter(key -> !told.contains(key)).flatMap(key -> line(key).stream())
                .sorted(ChatLine.AS_SAID).toList();
        if (told.size() > MAX_TOLD) {
            told.clear();
            // They may be newer than what is looked at.
            told.addAll(mine);
        }
        told.addAll(keys);
        news.stream().skip(Math.max(0, news.size() - Keys.CHAT_LINES)).forEach(listener);
    }

    private Optional<ChatLine> line(String key) {
        return room.sessionData().entry(Keys.CHAT.key(key)).flatMap(entry -> entry.value(Chat.class).map(said -> new ChatLine(0, key,
                entry.at(), entry.author().name(), "", TextLimits.shown(said.text(), TextLimits.TEXT), ChatLine.Kind.ROOM,
                ChatLine.Heard.BY_ALL)));
    }

    @Override
    public void close() {
        following.close();
    }
}
