package dev.parlor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.InvalidArgumentException;
import dev.parlor.Subscription;
import dev.parlor.Undo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is one step of an undo, in groups, how many there are, and who hears of them. */
class UndoStepsTest extends UndoRooms {
    // ---- groups

    @Test
    void aGroupIsOneStep() {
        data(ada).put("x", 0);
        undo.group(() -> {
            for (int i = 1; i < 50; i++) {
                data(ada).put("x", i);
                undo.group(() -> data(ada).put("y", 1));
            }
        });
        assertThat(undo.undo().restored()).containsExactlyInAnyOrder("x", "y");
        assertBoth(Map.of("x", 0));
        undo.redo();
        assertBoth(Map.of("x", 49, "y", 1));
        assertThatThrownBy(() -> undo.group(() -> {
            data(ada).put("x", 50);
            throw new IllegalStateException("on purpose");
        })).hasMessage("on purpose");
        data(ada).put("x", 51);
        undo.undo();
        assertBoth(Map.of("x", 50, "y", 1));
        undo.undo();
        assertBoth(Map.of("x", 49, "y", 1));
    }

    @Test
    void whatAnotherWroteAmidAGroupIsRestored() {
        data(ada).put("x", 0);
        undo.group(() -> {
            data(ada).put("x", 1);
            settle();
            data(ben).put("x", "Ben");
            settle();
            data(ada).put("x", 2);
            data(ada).put("x", 3);
        });
        undo.undo();
        assertBoth(Map.of("x", "Ben"));
    }

    @Test
    void anUndoAmidAGroupEndsItsStep() {
        undo.group(() -> {
            data(ada).put("x", 1);
            undo.undo();
            data(ada).put("y", 1);
            data(ada).put("y", 2);
        });
        undo.undo();
        assertBoth(Map.of());
        assertThat(undo.canUndo()).isFalse();
    }

    // ---- limits

    @Test
    void theOldestStepsAreForgotten() {
        Undo few = data(ada).undo(3);
        for (int i = 0; i < 10; i++) {
            data(ada).put("a", i);
        }
        for (int i = 8; i > 5; i--) {
            few.undo();
            assertThat(data(ada).get("a")).contains(i);
        }
        assertThat(few.canUndo()).isFalse();
        assertThat(few.forgotten()).isZero();
    }

    @Test
    void memoryIsBoundedAndGivenBack() {
        undo.close();
        Undo many = data(ada).undo(Undo.MOST_STEPS);
        byte[] large = new byte[100_000];
        long limit = ada.stats().memoryLimitBytes() / 32;
        int steps = (int) Math.min(2 * limit, 64 << 20) / large.length;
        for (int i = 0; i < steps; i++) {
            large[0]++;
            if (large[0] == 0) {
                large[1]++;
            }
            data(ada).put("a", large);
        }
        assertThat(ada.stats().memoryByUse().get("UNDO")).isBetween(1L, limit);
        assertThat(many.forgotten()).isBetween(1L, (long) steps);
        settle();
        assertThat(ada.stats().warnings()).as("a full share is as it should be").isZero();
        assertThat(many.canUndo()).isTrue();
        many.close();
        many.close();
        assertThat(ada.stats().memoryByUse()).containsEntry("UNDO", 0L);
        assertThat(many.canUndo()).isFalse();
        assertThat(many.undo()).isEqualTo(result(Set.of(), Set.of()));
        data(ada).put("b", 1);
        assertThat(many.canUndo()).isFalse();
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> data(ada).undo(0)).isInstanceOf(InvalidArgumentException.class).hasMessageContaining("1 to 10000");
        assertThatThrownBy(() -> data(ada).undo(10_001)).isInstanceOf(InvalidArgumentException.class).hasMessageContaining("10001");
        assertThatThrownBy(() -> data(ada).undo(1, Set.of())).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> data(ada).undo(1, (String) null)).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> undo.group(null)).isInstanceOf(InvalidArgumentException.class);
        for (int i = 1; i < 100; i++) {
            data(ada).undo(1);
        }
        assertThatThrownBy(() -> data(ada).undo(1)).isInstanceOf(InvalidArgumentException.class).hasMessageContaining("100");
        undo.close();
        data(ada).undo(1).close();
    }

    // ---- buttons

    @Test
    void buttonsHearWhenThereIsSomethingToUndoOrRedo() {
        List<String> heard = new ArrayList<>();
        Subscription subscription = undo.onChange(() -> heard.add(undo.canUndo() + " " + undo.canRedo()));
        data(ada).put("a", 1);
        settle();
        data(ada).put("a", 2);
        settle();
        assertThat(heard).containsExactly("true false");
        undo.undo();
        settle();
        undo.undo();
        settle();
        undo.redo();
        settle();
        assertThat(heard).containsExactly("true false", "true true", "false true", "true true");
        subscription.close();
        data(ada).put("a", 3);
        settle();
        assertThat(heard).hasSize(4);
    }
}
