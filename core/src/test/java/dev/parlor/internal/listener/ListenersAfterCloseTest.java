package dev.parlor.internal.listener;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.RoomStatus;
import dev.parlor.SessionDataChanged;
import dev.parlor.StatusChanged;
import org.junit.jupiter.api.Test;

/** What listeners hear when a room is closed whose executor does not take it at once. */
class ListenersAfterCloseTest extends RoomWithBen {
    @Test
    void whatTheExecutorRefusesAtTheCloseIsOfferedAgain() {
        room.on(StatusChanged.class, status -> heard.add(status.newStatus()));
        room.on(SessionDataChanged.class, change -> heard.add("change"));
        lone.pass(0);
        lone.listenersRefuse(true);
        data.put("k", 1);
        lone.pass(0);
        lone.close();
        lone.pass(10_000);
        assertThat(heard).isEmpty();
        lone.listenersRefuse(false);
        lone.pass(1_000);
        assertThat(heard).containsExactly("change", RoomStatus.CLOSED);
    }

    @Test
    void whatTheExecutorDropsAtTheCloseIsOfferedAgain() {
        room.on(StatusChanged.class, status -> heard.add(status.newStatus()));
        lone.pass(0);
        lone.listenersDrop(true);
        lone.close();
        lone.pass(1_000);
        lone.listenersDrop(false);
        lone.pass(10_000);
        assertThat(heard).containsExactly(RoomStatus.CLOSED);
    }

    @Test
    void whatTheExecutorRefusesForLongAfterTheCloseIsLetGo() {
        room.on(StatusChanged.class, status -> heard.add(status.newStatus()));
        data.put("k", 1);
        lone.pass(0);
        lone.listenersRefuse(true);
        lone.close();
        lone.pass(60_000);
        int offered = lone.refused();
        assertThat(offered).isPositive();
        lone.pass(600_000);
        assertThat(lone.refused()).isEqualTo(offered);
        lone.listenersRefuse(false);
        lone.pass(600_000);
        assertThat(heard).isEmpty();
    }

    @Test
    void whatIsLeftToAnExecutorThatIsBusyForLongAfterTheCloseIsToldWhenItRuns() {
        room.on(StatusChanged.class, status -> heard.add(status.newStatus()));
        lone.pass(0);
        lone.listenersStand(true);
        lone.close();
        lone.pass(600_000);
        lone.listenersStand(false);
        assertThat(heard).containsExactly(RoomStatus.CLOSED);
    }
}
