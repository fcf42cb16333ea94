package dev.parlor.demo.desktop.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parlor.Lifetime;
import dev.parlor.ParticipantId;
import dev.parlor.RoomStatus;
import dev.parlor.demo.desktop.model.join.Reach;
import dev.parlor.demo.desktop.model.shown.ChatLine;
import dev.parlor.demo.desktop.model.shown.MeetingState;
import dev.parlor.demo.desktop.model.shown.Person;
import dev.parlor.demo.desktop.model.shown.QuestionView;
import dev.parlor.demo.desktop.model.shown.TextLimits;
import dev.parlor.demo.desktop.state.Chat;
import dev.parlor.demo.desktop.state.Keys;
import dev.parlor.demo.desktop.state.Pointer;
import dev.parlor.demo.desktop.state.Poll;
import dev.parlor.demo.desktop.state.Presence;
import dev.parlor.demo.desktop.state.Question;
import dev.parlor.demo.desktop.state.Reaction;
import dev.parlor.demo.desktop.state.Scene;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people do in one window and see in another, and what who joins later sees of it. */
class MeetingTest {
    private final Windows windows = new Windows();
    private final Windows.Window ada = windows.open("Ada Lovelace");
    private final Windows.Window bob = windows.open("Bob");

    @AfterEach
    void close() {
        windows.close();
    }

    @Test
    void allFollowTheSceneAndWhoIsOnTheStage() {
        ada.act(meeting -> meeting.show(Scene.SPEAKER));
        bob.sees("the host large", state -> state.scene() == Scene.SPEAKER && names(state.featured()).equals(List.of("Ada Lovelace")));

        ada.act(meeting -> meeting.bringToStage(bob.id(), true));
        bob.sees("Bob large and Ada small", state -> names(state.featured()).equals(List.of("Bob"))
                && names(state.audience()).equals(List.of("Ada Lovelace")));
        bob.act(meeting -> meeting.show(Scene.SPOTLIGHT));
        ada.sees("only Bob", state -> names(state.featured()).equals(List.of("Bob")) && state.audience().isEmpty());

        MeetingState late = windows.open("Cleo").state();
        assertThat(late.scene()).isEqualTo(Scene.SPOTLIGHT);
        assertThat(names(late.featured())).containsExactly("Bob");
        ada.act(meeting -> meeting.bringToStage(bob.id(), false));
        bob.sees("nobody on the stage", state -> state.people().stream().noneMatch(Person::onStage));
    }

    @Test
    void handsStatusAndPointersAreTheirOwnersAndGoWithThem() {
        bob.act(meeting -> {
            meeting.raiseHand(true);
            meeting.setStatus(" lunch soon ");
            meeting.point(new Pointer(0.25, 0.5));
        });
        ada.sees("Bob's hand, status and pointer", state -> state.people().get(1).presence().handUp()
                && state.people().get(1).presence().status().equals("lunch soon")
                && new Pointer(0.25, 0.5).equals(state.people().get(1).presence().pointer()));
        assertThat(ada.log).anyMatch(line -> line.contains("Bob raised a hand"));
        assertThat(windows.open("Cleo").state().people().get(1).presence().handUp()).isTrue();
        bob.close();
        ada.sees("no Bob", state -> names(state.people()).equals(List.of("Ada Lovelace", "Cleo")));
    }

    @Test
    void theBannerIsThereForAllUntilItIsTakenAway() {
        ada.act(meeting -> meeting.setBanner(" Break until three "));
        bob.sees("the banner", state -> state.banner().equals("Break until three") && state.bannerBy().equals("Ada Lovelace"));
        assertThat(windows.open("Cleo").state().banner()).isEqualTo("Break until three");
        bob.act(meeting -> meeting.setBanner("  "));
        ada.sees("no banner", state -> state.banner().isEmpty());
    }

    @Test
    void ofTwoWhoVoteAtOnceNeitherVoteIsLost() {
        String[] id = new String[1];
        ada.act(meeting -> id[0] = meeting.createPoll("Tea?", List.of("yes", "no")));
        bob.sees("the poll", state -> state.polls().size() == 1);

        ada.act(meeting -> meeting.vote(id[0], 0));
        bob.act(meeting -> meeting.vote(id[0], 0));
        ada.sees("two votes", state -> votes(state, 0) == 2 && state.polls().get(0).options().get(0).mine());
        bob.act(meeting -> meeting.vote(id[0], 1));
        MeetingState now = ada.sees("a vote each", state -> votes(state, 0) == 1 && votes(state, 1) == 1);
        assertThat(now.polls().get(0).share(now.polls().get(0).options().get(0))).isEqualTo(0.5);

        bob.act(meeting -> meeting.closePoll(id[0], true));
        ada.sees("it closed", state -> state.polls().get(0).closed());
        MeetingState late = windows.open("Cleo").state();
        assertThat(votes(late, 0)).isEqualTo(1);
        assertThat(late.polls().get(0).closed()).isTrue();
        assertThat(late.polls().get(0).by()).isEqualTo("Ada Lovelace");
    }

    @Test
    void whoSpeaksKnowsWhetherItWasHeard() {
        ada.sees("Bob", state -> state.people().size() == 2);
        ada.act(meeting -> meeting.say("hello", ""));
        ada.isTold(1, ChatLine.Heard.BY_ALL);

        windows.network.partition(ada.room(), bob.room());
        ada.sees("itself alone", state -> state.people().size() == 1);
        ada.act(meeting -> meeting.say("anybody?", ""));
        assertThat(ada.chat).last().matches(line -> line.heard() == ChatLine.Heard.KEPT);
        ada.act(meeting -> meeting.announce("is anybody there?"));
        assertThat(ada.chat).last().matches(line -> line.heard() == ChatLine.Heard.BY_NOBODY);
        windows.network.heal();
        ada.sees("Bob again", state -> state.people().size() == 2);
        ada.act(meeting -> meeting.say("back", ""));
        ada.isTold(4, ChatLine.Heard.BY_ALL);
        bob.hears("Ada Lovelace", "back");
        bob.hears("Ada Lovelace", "anybody?");
        assertThat(bob.chat).extracting(ChatLine::text).containsExactlyInAnyOrder("hello", "anybody?", "back");
        assertThat(ada.chat).extracting(ChatLine::text).containsExactly("hello", "anybody?", "is anybody there?", "back");
    }

    @Test
    void whatNobodyConfirmsIsNotSaidToBeHeard() {
        ada.sees("Bob", state -> state.people().size() == 2);
        windows.network.pause(bob.room());
        ada.act(meeting -> meeting.say("into the void", ""));
        ada.isTold(1, ChatLine.Heard.UNCERTAIN);
        windows.network.resume(bob.room());
    }

    @Test
    void whatThoseBehindACutNeverGotIsNotSaidToBeHeardByAll() {
        Windows.Window cleo = windows.open("Cleo");
        Windows.Window dan = windows.open("Dan");
        ada.sees("all", state -> state.people().size() == 4);
        windows.network.detectAfter(Duration.ofSeconds(1));
        windows.network.partition(List.of(ada.room(), bob.room()), List.of(cleo.room(), dan.room()));
        ada.act(meeting -> meeting.say("to everyone", ""));
        bob.hears("Ada Lovelace", "to everyone");
        ada.sees("only Bob", state -> state.people().size() == 2);
        await().atMost(Windows.PATIENCE).until(() -> ada.delivered.containsKey(1));
        assertThat(ada.delivered).containsEntry(1, ChatLine.Heard.UNCERTAIN);
        assertThat(cleo.chat).isEmpty();
        windows.network.heal();
        cleo.hears("Ada Lovelace", "to everyone");
        dan.hears("Ada Lovelace", "to everyone");
    }

    @Test
    void aReactionThatCouldNotBeSentIsNotShown() {
        ada.room().close();
        ada.act(meeting -> meeting.react(Reaction.HEART));
        assertThat(ada.reactions).isEmpty();
        assertThat(ada.log).anyMatch(line -> line.startsWith("! Not sent"));
    }

    @Test
    void whatWasForOneWhoHasLeftIsSaidToNobody() {
        Windows.Window cleo = windows.open("Cleo");
        ada.sees("Cleo", state -> state.people().size() == 3);
        ParticipantId left = bob.id();
        bob.close();
        ada.sees("no Bob", state -> state.people().size() == 2);
        boolean[] sent = new boolean[1];
        ada.act(meeting -> sent[0] = meeting.sayTo(left, "only for Bob"));
        assertThat(sent[0]).isFalse();
        ada.act(meeting -> meeting.say("for all", ""));
        cleo.hears("Ada Lovelace", "for all");
        assertThat(cleo.chat).extracting(ChatLine::text).containsExactly("for all");
        assertThat(ada.chat).extracting(ChatLine::text).containsExactly("for all");
    }

    @Test
    void questionsComeInTheOrderOfTheirUpvotesAndAnsweredOnesLast() {
        String[] ids = new String[3];
        ada.act(meeting -> {
            ids[0] = meeting.ask("When is lunch?");
            ids[1] = meeting.ask("Where is it?");
            ids[2] = meeting.ask("What is it?");
        });
        bob.sees("three", state -> state.questions().size() == 3);
        bob.act(meeting -> meeting.upvote(ids[1], true));
        ada.act(meeting -> meeting.upvote(ids[1], true));
        ada.act(meeting -> meeting.upvote(ids[0], true));
        bob.act(meeting -> meeting.markAnswered(ids[0], true));
        ada.sees("the order", state -> state.questions().stream().map(QuestionView::text).toList()
                .equals(List.of("Where is it?", "What is it?", "When is lunch?")));
        bob.act(meeting -> meeting.upvote(ids[1], false));
        ada.sees("Bob's gone", state -> state.questions().get(0).upvotes() == 1 && state.questions().get(0).mine());
    }

    @Test
    void whatIsSaidToEveryoneReachesThoseWhoComeLateAndAllElseOnlyThosePresent() {
        ada.act(meeting -> meeting.setTyping(true));
        bob.sees("Ada writing", state -> state.typing().equals(List.of("Ada Lovelace")));
        ada.act(meeting -> meeting.say("hello", ""));
        ada.act(meeting -> meeting.sayTo(bob.id(), "psst"));
        bob.hears("Ada Lovelace", "hello");
        bob.hears("Ada Lovelace", "psst");
        assertThat(bob.chat).filteredOn(line -> line.text().equals("psst")).extracting(ChatLine::to).containsExactly("Bob");
        ada.act(meeting -> meeting.announce("five minutes"));
        bob.hears("Ada Lovelace", "five minutes");
        bob.act(meeting -> meeting.react(Reaction.HEART));
        await().atMost(Windows.PATIENCE).until(() -> ada.reactions.contains(Reaction.HEART));

        Windows.Window cleo = windows.open("Cleo");
        ada.act(meeting -> meeting.say("welcome", ""));
        cleo.hears("Ada Lovelace", "welcome");
        assertThat(cleo.chat).extracting(ChatLine::text).containsExactly("hello", "welcome");
        assertThat(ada.chat).extracting(ChatLine::text).containsExactly("hello", "psst", "five minutes", "welcome");
    }

    @Test
    void breakoutRoomsAreRealRoomsAndAllComeBack() {
        Windows.Window cleo = windows.open("Cleo");
        String[] id = new String[1];
        ada.act(meeting -> id[0] = meeting.openBreakout("Kitchen"));
        ada.act(meeting -> {
            meeting.assign(bob.id(), id[0]);
            meeting.assign(cleo.id(), id[0]);
        });
        await().atMost(Windows.PATIENCE).untilAsserted(() -> {
            assertThat(bob.breakoutRoom()).isNotNull();
            assertThat(bob.breakoutRoom().participants()).hasSize(2);
        });
        assertThat(bob.breakoutRoom().name()).isEqualTo(ada.state().room() + "/" + id[0]);
        assertThat(ada.breakoutRoom()).isNull();

        bob.act(meeting -> meeting.say("among us", meeting.place()));
        cleo.hears("Bob", "among us");
        ada.act(meeting -> meeting.announce("five minutes"));
        bob.hears("Ada Lovelace", "five minutes");
        cleo.hears("Ada Lovelace", "five minutes");
        assertThat(ada.chat).noneMatch(line -> line.text().equals("among us"));

        ada.act(Meeting::comeBackAll);
        await().atMost(Windows.PATIENCE).until(() -> bob.breakoutRoom() == null && cleo.breakoutRoom() == null);
        assertThat(bob.sees("no rooms", state -> state.breakouts().isEmpty()).me().seat()).isEmpty();
    }

    @Test
    void whatWasWrittenForOneBreakoutRoomIsSaidInNoOther() {
        Windows.Window cleo = windows.open("Cleo");
        String[] ids = new String[2];
        ada.act(meeting -> {
            ids[0] = meeting.openBreakout("Kitchen");
            ids[1] = meeting.openBreakout("Garden");
            meeting.assign(bob.id(), ids[0]);
            meeting.assign(cleo.id(), ids[1]);
        });
        await().atMost(Windows.PATIENCE).until(() -> bob.breakoutRoom() != null && cleo.breakoutRoom() != null);
        String kitchen = bob.breakoutRoom().name();
        List<Boolean> sent = new CopyOnWriteArrayList<>();
        ada.act(meeting -> meeting.assign(bob.id(), ids[1]));
        await().atMost(Windows.PATIENCE).until(() -> cleo.breakoutRoom().participants().size() == 2 && bob.breakoutRoom() != null);
        bob.act(meeting -> sent.add(meeting.say("for the kitchen", kitchen)));
        ada.act(Meeting::comeBackAll);
        await().atMost(Windows.PATIENCE).until(() -> bob.breakoutRoom() == null);
        bob.act(meeting -> sent.add(meeting.say("for the kitchen", kitchen)));
        bob.act(meeting -> sent.add(meeting.say("for all", "")));
        assertThat(sent).containsExactly(false, false, true);
        ada.hears("Bob", "for all");
        assertThat(ada.chat).hasSize(1);
        assertThat(bob.chat).hasSize(1);
    }

    @Test
    void whoLeavesDoesNotComeBackToTheBreakoutRoomWhileTheRoomIsClosed() {
        String[] id = new String[1];
        ada.act(meeting -> id[0] = meeting.openBreakout("Kitchen"));
        ada.act(meeting -> meeting.assign(bob.id(), id[0]));
        await().atMost(Windows.PATIENCE).until(() -> bob.breakoutRoom() != null);

        Queue<Runnable> closing = new ConcurrentLinkedQueue<>();
        bob.background = closing::add;
        bob.act(meeting -> meeting.leave(() -> {}));
        ada.act(meeting -> meeting.setBanner("heard while leaving"));
        bob.sees("the banner", state -> state.banner().equals("heard while leaving"));
        ada.act(meeting -> meeting.sayTo(bob.id(), "still there?"));
        ada.isTold(1, ChatLine.Heard.BY_ALL);
        assertThat(bob.breakoutRoom()).isNull();
        bob.background = Runnable::run;
        closing.forEach(Runnable::run);
        assertThat(windows.network.rooms()).containsExactly(ada.room());
    }

    @Test
    void whoWritesTheSameKeyAtOnceAgreesWithTheOthers() {
        ada.act(Meeting::writeTheSameKey);
        await().atMost(Windows.PATIENCE).untilAsserted(() -> assertThat(bob.room().sessionData().entry(Keys.CONTESTED.name()))
                .isPresent().isEqualTo(ada.room().sessionData().entry(Keys.CONTESTED.name())));
        // Whoever was the later one, the other saw its own overwritten.
        await().atMost(Windows.PATIENCE).untilAsserted(() -> assertThat(Stream.concat(ada.log.stream(), bob.log.stream()))
                .anyMatch(line -> line.contains("same-key: written by Ada") && line.contains("-> written by Bob")
                        || line.contains("same-key: written by Bob") && line.contains("-> written by Ada")
                        || line.contains("same-key: written by Bob") && line.endsWith(", by Bob")));
        ada.act(meeting -> meeting.crash(bob.id()));
        bob.crashed.join();
        assertThat(ada.crashed).isNotDone();
    }

    @Test
    void nobodyOnTheNetworkCanEndAWindowThatOthersThanThisMachineCanMeet() {
        Windows.Window cleo = windows.open("Cleo", Reach.LAN);
        ada.sees("Cleo", state -> state.people().size() == 3);
        ada.act(meeting -> meeting.crash(cleo.id()));
        ada.act(meeting -> meeting.sayTo(cleo.id(), "still there?"));
        cleo.hears("Ada Lovelace", "still there?");
        assertThat(cleo.crashed).isNotDone();
        assertThat(cleo.log).anyMatch(line -> line.startsWith("! Ada Lovelace wanted this window to end"));
    }

    @Test
    void bothSidesOfACutGoOnAndWhatWasReplacedIsTold() {
        windows.network.partition(ada.room(), bob.room());
        bob.sees("itself reconnecting", state -> state.status() == RoomStatus.RECONNECTING && state.people().size() == 1);
        bob.act(meeting -> meeting.setBanner("Bob alone"));
        bob.act(meeting -> meeting.ask("Anybody there?"));
        ada.act(meeting -> meeting.setBanner("Ada too"));
        windows.network.heal();
        MeetingState merged = ada.sees("Bob's question", state -> state.questions().size() == 1 && state.people().size() == 2);
        bob.sees("the same banner", state -> state.banner().equals(merged.banner()) && state.status() == RoomStatus.LIVE);
        await().atMost(Windows.PATIENCE).untilAsserted(() -> assertThat(ada.log)
                .anyMatch(line -> line.startsWith("* Both sides had changed banner")));
    }

    @Test
    void whatOthersPutThatIsNoneOfTheAppsIsLeftOut() {
        ada.act(meeting -> meeting.createPoll("Tea?", List.of("yes")));
        bob.room().sessionData().put(Keys.POLLS.prefix() + "x", 12);
        bob.room().sessionData().put(Keys.VOTES.prefix() + "x/y", "rubbish");
        bob.room().sessionData().put(Keys.SEATS.prefix() + bob.id(), 3);
        bob.room().sessionData().put(Keys.SCENE.name(), "sideways");
        bob.room().sessionData().put(Keys.CHAT.prefix() + "x", "rubbish");
        bob.room().setUserData("rubbish");
        ada.sees("the rubbish's author without it", state -> state.polls().size() == 1 && state.scene() == Scene.GRID
                && state.people().get(1).presence().colour() == 0x808080);
    }

    @Test
    void textsOfOthersThatAreTooLongToBeShownAreCut() {
        String endless = "endless ".repeat(7_000);
        bob.room().setUserData(Presence.of(0).withStatus(endless));
        bob.room().sessionData().put(Keys.BANNER.name(), endless);
        bob.room().sessionData().put(Keys.POLLS.prefix() + "x", new Poll(endless, List.of(endless)));
        bob.room().sessionData().put(Keys.QUESTIONS.prefix() + "x", new Question(endless));
        bob.room().sessionData().put(Keys.BREAKOUTS.prefix() + "x", endless);
        bob.room().send(new Chat(endless));
        bob.room().sessionData().family(Keys.CHAT).put("x", new Chat(endless));
        MeetingState seen = ada.sees("all of it", state -> state.breakouts().size() == 1 && !state.people().get(1).presence().status().isEmpty());
        assertThat(seen.people().get(1).presence().status()).hasSize(TextLimits.STATUS + 1).endsWith("…");
        await().atMost(Windows.PATIENCE).until(() -> ada.chat.size() == 2);
        assertThat(List.of(seen.banner(), seen.polls().get(0).question(), seen.polls().get(0).options().get(0).text(),
                seen.questions().get(0).text(), seen.breakouts().get(0).name(), ada.chat.get(0).text(), ada.chat.get(1).text()))
                .allSatisfy(text -> assertThat(text).hasSize(TextLimits.TEXT + 1).startsWith("endless ").endsWith("…"));

        ada.act(meeting -> meeting.setStatus("mine ".repeat(1_000)));
        bob.sees("the beginning", state -> state.people().get(0).presence().status().length() == TextLimits.STATUS);
    }

    @Test
    void whatGoesByItselfIsNotSaidToBeRemovedByItsAuthor() {
        bob.room().sessionData().put("soon over", "value", Lifetime.of(Duration.ofSeconds(1)));
        await().atMost(Windows.PATIENCE).untilAsserted(() -> assertThat(ada.log).contains("* soon over: its time is over"));
    }

    private static List<String> names(List<Person> people) {
        return people.stream().map(Person::name).toList();
    }

    private static int votes(MeetingState state, int option) {
        return state.polls().get(0).options().get(option).votes();
    }
}
