package dev.parlor.demo.desktop.model.shown;

import dev.parlor.Entry;
import dev.parlor.KeyFamily;
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

    private StateReader(Room room) {
        this.room = room;
        this.data = room.sessionData();
        this.me = room.me().id();
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
                read(Keys.POLLS, Comparator.comparing(Entry::at).reversed(), this::poll),
                read(Keys.QUESTIONS, Comparator.comparing(Entry::at), this::question).stream()
                        .sorted(Comparator.comparing(QuestionView::answered)
                                .thenComparing(Comparator.comparing(QuestionView::upvotes).reversed()))
                        .toList(),
                read(Keys.BREAKOUTS, Comparator.comparing(Entry::at), (id, entry) -> new BreakoutView(id,
                        text((String) entry.value()), people.stream().filter(each -> each.seat().equals(id)).toList())));
    }

    private Person person(Participant who, ParticipantId host) {
        String id = who.id().toString();
        return new Person(who.id(), who.name(), who.local(), who.id().equals(host), data.containsKey(Keys.ON_STAGE.key(id)),
                data.get(Keys.SEATS.key(id)).orElse(""), who.joinedAt(), presence(who));
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
        Map<String, Integer> votes = Keys.allOf(id, data.family(Keys.VOTES));
        Integer mine = votes.get(me.toString());
        List<PollView.Option> options = IntStream.range(0, poll.options().size())
                .mapToObj(i -> new PollView.Option(text(poll.options().get(i)),
                        (int) votes.values().stream().filter(vote -> vote == i).count(), mine != null && mine == i))
                .toList();
        return new PollView(id, text(poll.question()), entry.author().name(), options,
                options.stream().mapToInt(PollView.Option::votes).sum(), data.containsKey(Keys.CLOSED.key(id)));
    }

    private QuestionView question(String id, Entry entry) {
        Map<String, Boolean> upvotes = Keys.allOf(id, data.family(Keys.UPVOTES));
        return new QuestionView(id, text(((Question) entry.value()).text()), entry.author().name(), upvotes.size(),
                upvotes.containsKey(me.toString()), data.containsKey(Keys.ANSWERED.key(id)));
    }

    /** What is put with one key each, with author and time. */
    private <T, V> List<V> read(KeyFamily<T> family, Comparator<Entry> order, BiFunction<String, Entry, V> view) {
        Map<String, Entry> entries = new HashMap<>();
        data.family(family).asMap().keySet().forEach(id -> data.entry(family.key(id)).ifPresent(entry -> entries.put(id, entry)));
        return entries.entrySet().stream()
                .sorted(Map.Entry.<String, Entry>comparingByValue(order).thenComparing(Map.Entry.comparingByKey()))
                .map(each -> view.apply(each.getKey(), each.getValue()))
                .toList();
    }
}
