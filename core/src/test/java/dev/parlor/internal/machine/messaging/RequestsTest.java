package dev.parlor.internal.machine.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.OutboxFullException;
import dev.parlor.RequestException;
import dev.parlor.internal.wire.Frame.AppMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A request ends once: by the answer of who was asked, its leaving, or too long a time. */
class RequestsTest {
    private static final long BEN = 7;
    private static final long CLEO = 8;

    /** Written down: what came of it. */
    private static final class Ends implements Requests.Reply {
        private final List<Object> all = new ArrayList<>();

        @Override
        public void succeed(AppMessage answer) {
            all.add(answer);
        }

        @Override
        public void fail(Throwable why) {
            all.add(why);
        }
    }

    private final Requests requests = new Requests();
    private final Ends ends = new Ends();

    private static AppMessage answer(long id) {
        return new AppMessage(AppMessage.Kind.ANSWER, id, new byte[] {1});
    }

    @Test
    void onlyWhoWasAskedAnswersAndOnce() {
        long id = requests.begin(BEN, ends);
        requests.onAnswer(CLEO, answer(id));
        requests.onAnswer(BEN, answer(id + 1));
        assertThat(ends.all).isEmpty();
        requests.onAnswer(BEN, answer(id));
        requests.onAnswer(BEN, answer(id));
        requests.onLeft(BEN);
        assertThat(ends.all).hasSize(1).first().isInstanceOf(AppMessage.class);
    }

    @Test
    void whoLeavesEndsWhatItWasAskedAndNothingElse() {
        Ends other = new Ends();
        requests.begin(BEN, ends);
        requests.begin(BEN, ends);
        requests.begin(CLEO, other);
        requests.onLeft(BEN);
        assertThat(ends.all).hasSize(2).allSatisfy(why -> assertThat(((RequestException) why).reason())
                .isEqualTo(RequestException.Reason.PARTICIPANT_LEFT));
        assertThat(other.all).isEmpty();
    }

    @Test
    void whatNobodyWaitsForIsForgotten() {
        long id = requests.begin(BEN, ends);
        requests.forget(id);
        requests.onAnswer(BEN, answer(id));
        requests.fail(id, new RequestException(RequestException.Reason.TIMEOUT, "late"));
        assertThat(ends.all).isEmpty();
    }

    @Test
    void soManyMayWaitAndNoMore() {
        List<Long> ids = new ArrayList<>();
        assertThatThrownBy(() -> {
            while (ids.size() < 1_000_000) {
                ids.add(requests.begin(BEN, ends));
            }
        }).isInstanceOf(OutboxFullException.class);
        assertThat(ids).hasSize(10_000).doesNotHaveDuplicates();
        requests.onAnswer(BEN, answer(ids.get(0)));
        assertThat(requests.begin(BEN, ends)).isGreaterThan(ids.get(9_999));
    }
}
