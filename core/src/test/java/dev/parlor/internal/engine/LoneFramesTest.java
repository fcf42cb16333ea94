package dev.parlor.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.internal.engine.LoneRoom.Sent;
import dev.parlor.internal.wire.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is written by itself leaves on the thread of whoever wrote it, if nothing has to be waited for. */
class LoneFramesTest {
    private static final long BEN = 2;
    private static final byte[] LARGE = new byte[16 * 1024];

    private final LoneRoom lone = LoneRoom.offering();

    @BeforeEach
    void somebodyIsThere() {
        lone.members(BEN);
        lone.pass(5_001);
        lone.takeSent();
    }

    @AfterEach
    void end() {
        lone.close();
    }

    /** The keys and messages of frames to all. */
    private List<String> takeSent() {
        List<String> told = new ArrayList<>();
        for (Sent sent : lone.takeSent()) {
            if (sent.to() == 0 && sent.frame() instanceof Frame.Update update) {
                update.delta().entries().forEach(entry -> told.add(entry.key()));
                update.messages().forEach(message -> told.add("message"));
            }
        }
        return told;
    }

    @Test
    void onePutLeavesBeforeItReturns() {
        lone.room().sessionData().put("a", 1);
        assertThat(takeSent()).containsExactly("a");
        lone.finishTasks();
        assertThat(takeSent()).isEmpty();
    }

    @Test
    void oneMessageLeavesBeforeItReturns() {
        lone.room().send("hello");
        assertThat(takeSent()).containsExactly("message");
        lone.finishTasks();
        assertThat(takeSent()).isEmpty();
    }

    @Test
    void aBurstIsLeftToTheWorker() {
        lone.room().sessionData().put("a", 1);
        lone.room().sessionData().put("b", 1);
        lone.room().send("hello");
        lone.room().sessionData().put("c", 1);
        assertThat(takeSent()).containsExactly("a");
        lone.finishTasks();
        assertThat(takeSent()).containsExactly("b", "c", "message");
    }

    @Test
    void theNextOfItsOwnLeavesAtOnceAgain() {
        lone.room().sessionData().put("a", 1);
        lone.pass(1);
        takeSent();
        lone.room().sessionData().put("b", 1);
        assertThat(takeSent()).containsExactly("b");
    }

    @Test
    void whatTheNetworkRefusesIsSentByTheWorkerAndBeforeWhatComesAfter() {
        lone.networkFull(true);
        lone.room().sessionData().put("a", 1);
        lone.networkFull(false);
        lone.room().sessionData().put("b", 1);
        assertThat(takeSent()).isEmpty();
        long number = lone.lastNumber();
        lone.finishTasks();
        assertThat(takeSent()).containsExactly("a", "b");
        assertThat(lone.lastNumber()).as("the frame that was refused keeps its number").isEqualTo(number + 1);
    }

    @Test
    void aMessageThatTheNetworkHasLostIsCounted() {
        lone.networkGone(true);
        lone.room().send("hello");
        lone.networkGone(false);
        lone.finishTasks();
        assertThat(lone.room().stats().messagesDropped()).isEqualTo(1);
        lone.pass(1);
        lone.room().sessionData().put("b", 1);
        assertThat(takeSent()).as("what comes after is sent").containsExactly("b");
    }

    @Test
    void whatCannotBeEncodedHoldsUpNothing() {
        lone.failNext(1);
        lone.room().send("hello");
        assertThat(lone.room().stats().messagesDropped()).isEqualTo(1);
        lone.pass(1);
        lone.room().sessionData().put("b", 1);
        assertThat(takeSent()).containsExactly("b");
    }

    @Test
    void aLargeValueAndABatchAreLeftToTheWorker() {
        lone.room().sessionData().put("large", LARGE);
        assertThat(takeSent()).isEmpty();
        lone.pass(1);
        takeSent();
        lone.room().sessionData().merge(Map.of("a", 1, "b", 2));
        assertThat(takeSent()).isEmpty();
        lone.pass(1);
        assertThat(takeSent()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void whereNobodyIsNothingIsSent() {
        lone.members();
        lone.pass(5_000);
        lone.takeSent();
        lone.room().sessionData().put("a", 1);
        lone.finishTasks();
        assertThat(lone.takeSent()).isEmpty();
    }
}
