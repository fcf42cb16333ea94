package dev.parlor.demo.desktop.model.shown;

import dev.parlor.Entry;
import dev.parlor.Participant;
import dev.parlor.ParticipantId;
import dev.parlor.Room;
import dev.parlor.SessionData;
import dev.parlor.demo.desktop.state.Keys;
import dev.parlor.demo.desktop.state.Poll;
import dev.parlor.demo.desktop.state.Presence;
import dev.parlor.demo.desktop.state.Question;
import dev.parlor.demo.desktop.state.Scene;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * Reads a {@link MeetingState} from a room. Whatever others may have put there, it only leaves out what it does not know, and what
 * is too long to be shown.
 */
public final class StateReader {
    private final Room room;
    private final SessionData data;
    private final ParticipantId me;
    /** Entries by the first part of their key, which says what they are. */
    private final Map<String, Map<String, Entry>> entries = new HashMap<>();

    private StateReader(Room room) {
        this.room = room;
        this.data = room.sessionData();
        this.me = room.me().id();
        for (String prefix : List.of(Keys.ON_STAGE, Keys.POLL, Keys.CLOSED, Keys.VOTE, Keys.QUESTION, Keys.ANSWERED,
                Keys.UPVOTE, Keys.BREAKOUT, Keys.SEAT)) {
            entries.put(prefix, new HashMap<>());
        }
        for (String key : data.asMap().keySet()) {
            entries.forEach((prefix, found) -> {
                if (key.startsWith(prefix)) {
                    data.entry(key).ifPresent(entry -> found.put(key.substring(prefix.length()), entry));
                }
            });
        }
    }

    public static MeetingState read(Room room) {
        return new StateReader(room).state();
    }

    private MeetingState state() {
        ParticipantId host = room.host().id();
        List<Person> people = room.participants().stream().map(each -> person(each, host)).toList();
        return new MeetingState(room.name(), room.status(), people, data.get(Keys.SCENE).orElse(Scene.GRID),
                text(data.get(Keys.BANNER).orElse("")),
                data.entry(Keys.BANNER.name()).map(entry -> entry.author().name()).orElse(""),
                read(Keys.POLL, Poll.class, Comparator.comparing(Entry::at).reversed(), this::poll),
                read(Keys.QUESTION, Question.class, Comparator.comparing(Entry::at), this::question).stream()
                        .sorted(Comparator.comparing(QuestionView::answered)
                                .thenComparing(Comparator.comparing(QuestionView::upvotes).reversed()))
                        .toList(),
                read(Keys.BREAKOUT, String.class, Comparator.comparing(Entry::at), (id, entry) -> new BreakoutView(id,
                        text((String) entry.value()), people.stream().filter(each -> each.seat().equals(id)).toList())));
    }

    private Person person(Participant who, ParticipantId host) {
        String id = who.id().toString();
        Entry seat = entries.get(Keys.SEAT).get(id);
        return new Person(who.id(), who.name(), who.local(), who.id().equals(host), entries.get(Keys.ON_STAGE).containsKey(id),
                seat != null && seat.value() instanceof String room ? room : "", who.joinedAt(),
                presence(who));
    }

    private static Presence presence(Participant who) {
        Presence shared = who.userData(Presence.class).orElse(Presence.UNKNOWN);
        return shared.withStatus(TextLimits.shown(shared.status(), TextLimits.STATUS));
    }

    private static String text(String written) {
        return TextLimits.shown(written, TextLimits.TEXT);
    }

    private PollView poll(String id, Entry entry) {
        Poll poll = (Poll) entry.value();
        Map<String, Integer> votes = own(Keys.VOTE, id, Integer.class);
        Integer mine = votes.get(me.toString());
        List<PollView.Option> options = IntStream.range(0, poll.options().size())
                .mapToObj(i -> new PollView.Option(text(poll.options().get(i)),
                        (int) votes.values().stream().filter(vote -> vote == i).count(), mine != null && mine == i))
                .toList();
        return new PollView(id, text(poll.question()), entry.author().name(), options,
                options.stream().mapToInt(PollView.Option::votes).sum(), entries.get(Keys.CLOSED).containsKey(id));
    }

    private QuestionView question(String id, Entry entry) {
        Map<String, Boolean> upvotes = own(Keys.UPVOTE, id, Boolean.class);
        return new QuestionView(id, text(((Question) entry.value()).text()), entry.author().name(), upvotes.size(),
                upvotes.containsKey(me.toString()), entries.get(Keys.ANSWERED).containsKey(id));
    }

    private <V> List<V> read(String prefix, Class<?> type, Comparator<Entry> order, BiFunction<String, Entry, V> view) {
        return entries.get(prefix).entrySet().stream()
                .filter(each -> type.isInstance(each.getValue().value()))
                .sorted(Map.Entry.<String, Entry>comparingByValue(order).thenComparing(Map.Entry.comparingByKey()))
                .map(each -> view.apply(each.getKey(), each.getValue()))
                .toList();
    }

    /** What participants have put for one thing, by their ids. */
    private <V> Map<String, V> own(String prefix, String id, Class<V> type) {
        Map<String, V> own = new HashMap<>();
        entries.get(prefix).forEach((rest, entry) -> {
            if (rest.startsWith(id + "/") && type.isInstance(entry.value())) {
                own.put(rest.substring(id.length() + 1), type.cast(entry.value()));
            }
        });
        return own;
    }
}
