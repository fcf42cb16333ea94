package dev.parlor.internal.machine.clocksync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClockOffsetTest {
    @Test
    void clocksThatMayAgreeAreTakenToAgreeHoweverLateTheAnswerCame() {
        assertThat(ClockOffset.ofAnswer(-302, 302).likely()).isZero();
        assertThat(ClockOffset.ofAnswer(1, 301).likely()).as("rounded to milliseconds").isZero();
        assertThat(ClockOffset.ofAnswer(-321, 301).likely()).isZero();
        assertThat(ClockOffset.ofAnswer(1, 5_000).isVague()).isFalse();
    }

    @Test
    void clocksThatDifferDoSoByTheMiddleOfWhatIsPossible() {
        assertThat(ClockOffset.ofAnswer(1_000, 40).likely()).isEqualTo(1_020);
        assertThat(ClockOffset.ofAnswer(-1_000, 40).likely()).isEqualTo(-980);
        assertThat(ClockOffset.ofAnswer(1_000, 501).isVague()).isTrue();
    }

    @Test
    void twoAnswersTellTogetherMoreThanEach() {
        ClockOffset both = ClockOffset.ofAnswer(900, 200).narrowedBy(ClockOffset.ofAnswer(1_000, 400));
        assertThat(both).isEqualTo(new ClockOffset(1_000, 1_100));
        assertThat(both.narrowedBy(ClockOffset.ofAnswer(5_000, 10))).as("a clock was set").isEqualTo(new ClockOffset(5_000, 5_010));
    }
}
