package dev.parlor.internal.machine.clocksync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.Warning;
import dev.parlor.internal.engine.LoneRoom;
import dev.parlor.internal.engine.SimPeer;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.time.RoomTime;
import dev.parlor.internal.user.UserReplica.UserValue;
import dev.parlor.internal.wire.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the times and stamps of others do to ours. */
class ClocksTest {
    private static final long BEN = 22;
    private static final long CLEO = 33;
    private static final long DORA = 44;
    private static final long EVE = 55;
    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;

    private final LoneRoom lone = new LoneRoom();
    private final List<Warning> warnings = new ArrayList<>();
    private long passed = 5_000;
    private long frames = 10;

    @BeforeEach
    void listen() {
        lone.room().on(Warning.class, warnings::add);
    }

    @AfterEach
    void close() {
        lone.close();
    }

    private void pass(long millis) {
        passed += millis;
        lone.pass(millis);
    }

    private long now() {
        return LoneRoom.BEGIN_MILLIS + passed;
    }

    private void present(long who, long roomMillis, long ownMillis) {
        lone.comes(who, false, frames++, new Frame.Presence(false, who == BEN ? "Ben" : "Cleo", LoneRoom.BEGIN_MILLIS,
                new UserValue(1, SimPeer.encoded("hi")), roomMillis, ownMillis, -1));
    }

    private void announce(long who, long roomMillis) {
        lone.comes(who, false, frames++, new Frame.Announce(1, Map.of(), Map.of(), roomMillis, false));
    }

    private void comes(long who, String key, Stamp stamp) {
        lone.comes(who, false, frames++, new Frame.Update(StateDelta.of(List.of(new KeyedValue(key,
                VersionedValue.of(stamp, SimPeer.encoded("theirs"))))), 0, Map.of(), List.of()));
    }

    /** How far what is written now is ahead of the right time. */
    private long ahead() {
        lone.room().sessionData().put("probe", passed);
        return lone.writtenMillis("probe") - now();
    }

    // ---- stamps

    @Test
    void aWriteOfAThousandYearsAheadIsIgnoredAndTold() {
        lone.members(BEN);
        present(BEN, now(), now());
        comes(BEN, "k", new Stamp(Stamp.MAX_TIME, BEN));
        assertThat(lone.room().sessionData().get("k")).isEmpty();
        lone.room().sessionData().put("k", 1);
        lone.room().sessionData().clear();
        lone.room().sessionData().put("k", 2);
        assertThat(lone.room().sessionData().get("k")).contains(2);
        assertThat(ahead()).isBetween(0L, 10_000L);
        pass(1_000);
        assertThat(warnings).extracting(Warning::kind).contains(Warning.Kind.UNDECODABLE_FRAME);
        assertThat(lone.room().stats().framesRefused()).isPositive();
    }

    @Test
    void theGreatestTimeThatIsTakenCanBeOverwrittenClearedAndForgotten() {
        lone.members(BEN);
        present(BEN, now(), now());
        long greatest = (now() << Stamp.COUNTER_BITS) + (1L << 61);
        for (String key : List.of("a", "b", "c")) {
            comes(BEN, key, new Stamp(greatest, Stamp.MAX_AUTHOR));
            assertThat(lone.room().sessionData().get(key)).contains("theirs");
        }
        lone.room().sessionData().put("a", "ours");
        assertThat(lone.room().sessionData().get("a")).contains("ours");
        lone.room().sessionData().replace(Map.of("b", "ours", "d", "ours"));
        assertThat(lone.room().sessionData().snapshot()).containsOnly(Map.entry("b", "ours"), Map.entry("d", "ours"));
        assertThat(lone.writtenMillis("d") - now()).as("a replace over a key of the future").isBetween(0L, 10_100L);
        lone.room().sessionData().clear();
        assertThat(lone.room().sessionData().snapshot()).isEmpty();
        assertThat(ahead()).as("after a clear over it").isBetween(0L, 10_100L);
        lone.room().sessionData().merge(Map.of("a", 1, "e", 2));
        assertThat(lone.room().sessionData().snapshot()).containsOnlyKeys("a", "e", "probe");
        assertThat(ahead()).as("after a batch with it").isBetween(0L, 10_100L);
    }

    @Test
    void aKeyOfTomorrowThatWeOverwriteDragsNothing() {
        lone.members(BEN);
        present(BEN, now(), now());
        comes(BEN, "plan", new Stamp((now() + DAY) << Stamp.COUNTER_BITS, BEN));
        lone.room().sessionData().put("plan", "ours");
        assertThat(lone.room().sessionData().get("plan")).contains("ours");
        assertThat(lone.writtenMillis("plan") - now()).isEqualTo(DAY);
        assertThat(ahead()).isBetween(0L, 10_100L);
        pass(20_000);
        assertThat(ahead()).isZero();
    }

    @Test
    void absurdRoomTimesChangeNothing() {
        lone.members(BEN, CLEO);
        present(BEN, now(), now());
        present(CLEO, RoomTime.MAX_MILLIS, RoomTime.MAX_MILLIS);
        for (int i = 0; i < 20; i++) {
            announce(CLEO, RoomTime.MAX_MILLIS - i);
            present(CLEO, RoomTime.MAX_MILLIS, RoomTime.MAX_MILLIS);
            present(BEN, now(), now());
            pass(500);
        }
        assertThat(ahead()).isZero();
        lone.comes(CLEO, false, frames++, new Frame.Announce(1, Map.of(), Map.of(), RoomTime.MAX_MILLIS + 1, false));
        assertThat(lone.room().stats().framesRefused()).isEqualTo(1);
    }

    // ---- the room's time

    @Test
    void oldAnnouncementsThatWereStuckInAStoppedProcessDoNotSetTheTimeBack() {
        lone.membersAfter(BEN);
        present(BEN, now(), now());
        pass(30_000);
        for (int late = 19_000; late >= 6_000; late -= 1_000) {
            announce(BEN, now() - late);
        }
        pass(3_000);
        announce(BEN, now());
        pass(1_000);
        assertThat(ahead()).isBetween(-20L, 0L);
    }

    @Test
    void whoIsAFewSecondsBehindTheCoordinatorFollowsIt() {
        lone.membersAfter(BEN);
        present(BEN, now() + 6_000, now() + 6_000);
        announce(BEN, now() + 6_000);
        assertThat(ahead()).isBetween(5_900L, 6_000L);
    }

    @Test
    void oneThatSleptMovesNobodyBack() {
        lone.membersAfter(BEN);
        present(BEN, now() - 8 * HOUR, now());
        for (int i = 0; i < 10; i++) {
            announce(BEN, now() - 8 * HOUR);
            present(BEN, now() - 8 * HOUR, now());
            pass(1_000);
        }
        assertThat(ahead()).isZero();
    }

    @Test
    void whoSleptFollowsItsOwnClockAsSoonAsOneOtherHasThatTime() {
        lone.membersAfter(BEN);
        present(BEN, now(), now());
        lone.leap(8 * HOUR);
        pass(1_000);
        assertThat(ahead()).as("one clock sets nothing").isZero();
        for (int i = 0; i < 4; i++) {
            present(BEN, now() + 8 * HOUR, now() + 8 * HOUR);
            pass(1_000);
        }
        assertThat(ahead()).isBetween(8 * HOUR - 20, 8 * HOUR);
    }

    @Test
    void allSleptAndAllFollowTheirClocks() {
        lone.members(BEN, CLEO);
        present(BEN, now(), now());
        present(CLEO, now(), now());
        lone.leap(8 * HOUR);
        pass(400);
        present(BEN, now(), now() + 8 * HOUR);
        assertThat(ahead()).isZero();
        present(CLEO, now(), now() + 8 * HOUR);
        pass(3_000);
        assertThat(ahead()).isBetween(8 * HOUR - 20, 8 * HOUR);
    }

    @Test
    void aTieOfTwoPartsThatNoClockExplainsMovesNobody() {
        lone.members(BEN);
        present(BEN, now() + DAY, now() + DAY);
        pass(300);
        present(BEN, now() + DAY, now() + DAY);
        pass(5_000);
        assertThat(ahead()).isZero();
        assertThat(warnings).extracting(Warning::kind).contains(Warning.Kind.CLOCK_SKEW);
    }

    @Test
    void whoIsADayAheadOfTwoOthersGoesBackToTheirTimeAndWritesInIt() {
        lone.leap(DAY);
        assertThat(ahead()).as("alone").isEqualTo(DAY);
        lone.members(BEN, CLEO);
        for (int i = 0; i < 6; i++) {
            present(BEN, now(), now());
            present(CLEO, now(), now());
            pass(1_000);
        }
        lone.room().sessionData().put("new", 1);
        assertThat(lone.writtenMillis("new") - now()).isBetween(-20L, 10_100L);
        lone.room().sessionData().put("probe", "again");
        assertThat(lone.room().sessionData().get("probe")).contains("again");
    }

    /** What a program that stood still, or a slow link, has kept waiting comes before the answers, and after they are awaited. */
    @Test
    void whatWasSaidLongBeforeItComesSetsNobodyBack() {
        lone.members(BEN, CLEO);
        long late = 11_000;
        for (int i = 0; i < 6; i++) {
            present(BEN, now() - late, now() - late);
            present(CLEO, now() - late, now() - late);
            pass(500);
            assertThat(ahead()).isZero();
        }
        for (int i = 0; i < 6; i++) {
            present(BEN, now(), now());
            present(CLEO, now(), now());
            pass(1_000);
            assertThat(ahead()).isZero();
        }
    }

    /** The majority of those who answer is none while others are stopped. */
    @Test
    void aFewWhoAreAnHourOffMoveNobodyWhileOthersAreStopped() {
        lone.members(BEN, CLEO, DORA, EVE);
        for (long each : new long[] {BEN, CLEO, DORA, EVE}) {
            present(each, now(), now());
        }
        for (long off : new long[] {-HOUR, HOUR}) {
            for (int i = 0; i < 20; i++) {
                present(BEN, now() + off, now() + off);
                present(CLEO, now() + off, now() + off);
                pass(1_000);
            }
            assertThat(ahead()).isZero();
        }
        // Asked about ever more seldom by now.
        for (int i = 0; i < 200; i++) {
            for (long each : new long[] {BEN, CLEO, DORA}) {
                present(each, now() - HOUR, now() - HOUR);
            }
            pass(1_000);
        }
        lone.room().sessionData().put("another", 1);
        assertThat(lone.writtenMillis("another") - now()).isBetween(-HOUR - 2_000, -HOUR + 2_000);
    }

    @Test
    void whoIsBehindTwoOthersGoesForward() {
        lone.members(BEN, CLEO);
        for (int i = 0; i < 4; i++) {
            present(BEN, now() + DAY, now() + DAY);
            present(CLEO, now() + DAY + 500, now() + DAY);
            pass(1_000);
        }
        assertThat(ahead()).isBetween(DAY - 1_100, DAY + 600);
    }
}
