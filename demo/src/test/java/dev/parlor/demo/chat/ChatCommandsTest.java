package dev.parlor.demo.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.Participant;
import dev.parlor.Room;
import dev.parlor.demo.shared.Chat;
import dev.parlor.demo.shared.Profile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The chat's commands, typed in a real room that Ada shares with two participants called Bob. */
class ChatCommandsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final BlockingQueue<String> HEARD_BY_FIRST_BOB = new LinkedBlockingQueue<>();
    private static Room ada;
    private static Room firstBob;
    private static Room secondBob;

    private final ChatCommands commands = new ChatCommands(ada, Clock.systemUTC());

    @BeforeAll
    static void join() {
        String roomName = "commands-" + UUID.randomUUID();
        ada = join(roomName, "Ada");
        firstBob = join(roomName, "Bob");
        firstBob.onMessage(Chat.class, (chat, from) -> HEARD_BY_FIRST_BOB.add(chat.text()));
        secondBob = join(roomName, "Bob");
        ada.awaitParticipants(3, PATIENCE);
    }

    private static Room join(String roomName, String name) {
        return Room.named(roomName).as(name).types(Profile.class, Chat.class).userData(ChatCommand.PROFILE).join();
    }

    @AfterAll
    static void leave() {
        for (Room room : new Room[] {secondBob, firstBob, ada}) {
            if (room != null) {
                room.close();
            }
        }
    }

    @BeforeEach
    void clear() {
        ada.sessionData().clear();
    }

    @Test
    void putGetRemove() {
        assertThat(typed("/put topic Plans for  May")).containsExactly("* topic: Plans for  May");
        assertThat(typed("/put topic Notes")).containsExactly("* topic: Plans for  May -> Notes");
        assertThat(typed("/get topic")).singleElement().asString().matches("  topic = Notes   \\(by Ada, \\d+ s ago\\)");
        assertThat(typed("/rm topic")).containsExactly("* topic: removed, it was Notes");
        assertThat(typed("/rm topic")).containsExactly("! There is no key topic: /state shows all.");
        assertThat(typed("/get topic")).containsExactly("! There is no key topic: /state shows all.");
    }

    @Test
    void mergeAndState() {
        assertThat(typed("/state")).containsExactly("Nothing has been put yet: try /put topic Plans");
        assertThat(typed("/merge b=2 a=x=y")).containsExactly("* b: 2", "* a: x=y");
        assertThat(typed("/state")).satisfiesExactly(
                line -> assertThat(line).startsWith("  a = x=y   (by Ada, "),
                line -> assertThat(line).startsWith("  b = 2   (by Ada, "));
        assertThat(typed("/merge b")).containsExactly("! Type it like this: /merge K=V K=V");
        assertThat(typed("/merge =b")).containsExactly("! Type it like this: /merge K=V K=V");
    }

    @Test
    void handAndWho() {
        assertThat(typed("/hand")).containsExactly("Your hand is up: /hand again lowers it.");
        assertThat(typed("/who").get(0)).startsWith("  Ada (you), host, hand up, joined at ");
        assertThat(typed("/hand")).containsExactly("Your hand is down.");
        assertThat(typed("/who")).hasSize(3)
                .anySatisfy(line -> assertThat(line).startsWith("  Bob, joined at ").contains("id " + idOf(firstBob)));
    }

    @Test
    void tellRefusesANameOfTwoAndTakesAnId() throws InterruptedException {
        assertThat(typed("/tell Bob psst"))
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).startsWith("! 2 are called Bob"))
                .anySatisfy(line -> assertThat(line).startsWith("  Bob").endsWith(idOf(firstBob)))
                .anySatisfy(line -> assertThat(line).startsWith("  Bob").endsWith(idOf(secondBob)));
        assertThat(typed("/tell " + idOf(firstBob) + " only you")).isEmpty();
        assertThat(HEARD_BY_FIRST_BOB.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("only you");
        assertThat(typed("/tell Eve psst")).containsExactly("! Nobody called Eve is here: /who says who is.");
        assertThat(typed("/tell Bob")).containsExactly("! Type it like this: /tell NAME TEXT");
    }

    @Test
    void whoIsCalledLikeTheUserIsMeantBeforeTheUser() {
        ChatCommands ofBob = new ChatCommands(firstBob, Clock.systemUTC());

        assertThat(ofBob.run("/tell bob are you me?").lines()).isEmpty();
        assertThat(typed("/tell Ada note to myself")).isEmpty();
    }

    @Test
    void whatCannotBeUnderstood() {
        assertThat(typed("   ")).isEmpty();
        assertThat(typed("/puts a b")).singleElement().asString().contains("/puts", "/help");
        assertThat(typed("/put onlykey")).containsExactly("! Type it like this: /put KEY VALUE");
    }

    @Test
    void whatParlorRefusesIsOneLine() {
        assertThat(typed("/put " + "k".repeat(2000) + " v")).singleElement().asString().startsWith("! ");
    }

    @Test
    void helpNamesEveryCommandAndStatsAreShown() {
        assertThat(String.join("\n", typed("/help"))).contains(ChatCommands.HELP.keySet());
        assertThat(typed("/stats")).anySatisfy(line -> assertThat(line).startsWith("  data "));
    }

    @Test
    void onlyQuitQuits() {
        assertThat(commands.run("/quit").quit()).isTrue();
        assertThat(commands.run("quit").quit()).isFalse();
    }

    @Test
    void completion() {
        ada.sessionData().put("layout", "grid");
        ChatCompleter completer = new ChatCompleter();
        assertThat(completer.words(List.of("/get", ""), 1)).isEmpty();
        completer.use(ada);

        assertThat(completer.words(List.of("/"), 0)).contains("/put", "/tell", "/quit");
        assertThat(completer.words(List.of("/get", ""), 1)).containsExactly("layout");
        assertThat(completer.words(List.of("/tell", ""), 1)).containsExactly("Bob");
        assertThat(completer.words(List.of("/tell", "Bob", ""), 2)).isEmpty();
    }

    @Test
    void ages() {
        Instant now = Instant.parse("2026-01-01T12:00:00Z");
        assertThat(ChatCommands.age(now.plusSeconds(3), now)).isEqualTo("0 s ago");
        assertThat(ChatCommands.age(now.minusSeconds(59), now)).isEqualTo("59 s ago");
        assertThat(ChatCommands.age(now.minusSeconds(3599), now)).isEqualTo("59 min ago");
        assertThat(ChatCommands.age(now.minusSeconds(7200), now)).isEqualTo("2 h ago");
    }

    private List<String> typed(String line) {
        return commands.run(line).lines();
    }

    private static String idOf(Room room) {
        Participant me = room.me();
        return me.id().toString();
    }
}
