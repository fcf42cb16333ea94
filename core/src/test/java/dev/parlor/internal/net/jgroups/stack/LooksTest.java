package dev.parlor.internal.net.jgroups.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jgroups.util.TimeScheduler;
import org.junit.jupiter.api.Test;

class LooksTest {
    private static final long OFTEN_MILLIS = 100;

    private int looked;
    private int scheduled;
    private Future<?> pending = new CompletableFuture<>();
    private Runnable within = () -> { };
    private final Looks looks = new Looks(() -> {
        looked++;
        within.run();
    });
    private final TimeScheduler timer = (TimeScheduler) Proxy.newProxyInstance(LooksTest.class.getClassLoader(),
            new Class<?>[] {TimeScheduler.class}, (proxy, method, arguments) -> {
                assertThat(method.getName()).isEqualTo("scheduleWithDynamicInterval");
                scheduled++;
                pending = new CompletableFuture<>();
                return pending;
            });

    private long run(int times) {
        for (int i = 0; i < times; i++) {
            looks.run();
        }
        return looks.nextInterval();
    }

    @Test
    void itIsLookedLessOftenWhereNothingComesAndGoesAndAsOftenAsBeforeOnceSomethingDoes() {
        looks.begin(timer, OFTEN_MILLIS);
        looks.begin(timer, OFTEN_MILLIS);
        assertThat(run(1 + Looks.LOOKS_BEFORE_REST)).isEqualTo(OFTEN_MILLIS);
        assertThat(run(1)).isEqualTo(Looks.RESTING_MILLIS);
        assertThat(scheduled).isEqualTo(1);
        Future<?> late = pending;
        looks.stir();
        looks.stir();
        assertThat(late).as("that which would come too late").isCancelled();
        assertThat(scheduled).isEqualTo(2);
        assertThat(looks.nextInterval()).isEqualTo(OFTEN_MILLIS);
        assertThat(run(Looks.LOOKS_BEFORE_REST)).isEqualTo(OFTEN_MILLIS);
    }

    @Test
    void whatComesWhileItIsLookedIsNotMissed() {
        looks.begin(timer, OFTEN_MILLIS);
        run(1 + Looks.LOOKS_BEFORE_REST);
        within = looks::stir;
        assertThat(run(1)).isEqualTo(OFTEN_MILLIS);
    }

    @Test
    void atTheEndNothingIsPendingAndNothingWakesIt() {
        looks.begin(timer, OFTEN_MILLIS);
        run(2 + Looks.LOOKS_BEFORE_REST);
        looks.end();
        assertThat(pending).isCancelled();
        looks.stir();
        assertThat(scheduled).isEqualTo(1);
        looks.begin(timer, OFTEN_MILLIS);
        assertThat(looks.nextInterval()).isEqualTo(OFTEN_MILLIS);
        assertThat(looked).isEqualTo(2 + Looks.LOOKS_BEFORE_REST);
    }
}
