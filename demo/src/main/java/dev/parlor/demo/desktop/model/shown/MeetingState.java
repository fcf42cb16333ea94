package dev.parlor.demo.desktop.model.shown;

import dev.parlor.RoomStatus;
import dev.parlor.demo.desktop.state.Scene;
import java.util.List;

/**
 * All that the room shows at one moment, read from its three kinds of state. Immutable: the views show it, and compare it with
 * what they showed before.
 *
 * @param room its name
 * @param status what the room is doing
 * @param people those present, in the order of their joining
 * @param scene how the stage is laid out
 * @param banner the session-wide message, empty if none
 * @param bannerBy who wrote it
 * @param polls the newest first
 * @param questions open ones first, then those with the most up-votes
 * @param breakouts in the order they were made
 */
public record MeetingState(String room, RoomStatus status, List<Person> people, Scene scene, String banner, String bannerBy,
        List<PollView> polls, List<QuestionView> questions, List<BreakoutView> breakouts) {
    /** This window's participant. */
    public Person me() {
        return people.stream().filter(Person::me).findFirst().orElseThrow();
    }

    /** Who is shown large: those brought to the stage; if nobody was, the host. Nobody in a grid. */
    public List<Person> featured() {
        if (scene == Scene.GRID) {
            return List.of();
        }
        List<Person> onStage = people.stream().filter(Person::onStage).toList();
        return onStage.isEmpty() ? people.stream().filter(Person::host).toList() : onStage;
    }

    /** Who is shown small. */
    public List<Person> audience() {
        if (scene == Scene.SPOTLIGHT) {
            return List.of();
        }
        List<Person> featured = featured();
        return people.stream().filter(person -> !featured.contains(person)).toList();
    }

    /** Who is writing in the chat, but for this window's own. */
    public List<String> typing() {
        return people.stream().filter(person -> !person.me() && person.presence().typing()).map(Person::name).toList();
    }
}
