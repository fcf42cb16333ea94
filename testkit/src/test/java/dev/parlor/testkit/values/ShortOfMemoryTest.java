package dev.parlor.testkit.values;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.Room;
import dev.parlor.Warning;
import dev.parlor.testkit.ParlorNetwork;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A reader that is short of memory or stack at one moment reads nothing at that moment, and the value at the next. */
class ShortOfMemoryTest {
    private static volatile Supplier<Error> shortage;

    /** Is made by reflection. */
    record Made(int x) {
        Made {
            fail();
        }
    }

    /** Is hashed where it is a key. */
    record Hashed(int x) {
        @Override
        public int hashCode() {
            fail();
            return x;
        }
    }

    private static void fail() {
        Supplier<Error> planted = shortage;
        if (planted != null) {
            throw planted.get();
        }
    }

    @AfterEach
    void enough() {
        shortage = null;
    }

    @Test
    void whatCouldNotBeReadForWantOfMemoryIsReadLater() throws Exception {
        readsLater(new Made(1), () -> new OutOfMemoryError("planted"), "-Xmx");
        readsLater(Map.of(new Hashed(1), 1), () -> new OutOfMemoryError("planted"), "-Xmx");
    }

    @Test
    void whatCouldNotBeReadForWantOfStackIsReadLater() throws Exception {
        readsLater(new Made(1), StackOverflowError::new, "-Xss");
        readsLater(Map.of(new Hashed(1), 1), StackOverflowError::new, "-Xss");
    }

    private static void readsLater(Object value, Supplier<Error> error, String advice) throws Exception {
        BlockingQueue<Warning> warnings = new LinkedBlockingQueue<>();
        try (ParlorNetwork network = ParlorNetwork.create()) {
            Room ada = network.join("Ada", b -> b.types(Made.class, Hashed.class));
            ada.sessionData().put("k", value);
            // What is there when it joins is told of by no change, which would read it.
            Room bob = network.join("Bob", b -> b.types(Made.class, Hashed.class).on(Warning.class, warnings::add));
            shortage = error;
            assertThat(bob.sessionData().get("k")).isEmpty();
            shortage = null;
            assertThat(bob.sessionData().get("k")).contains(value);
            assertThat(bob.sessionData().get("k").orElseThrow()).isSameAs(bob.sessionData().get("k").orElseThrow());
            assertThat(warnings.poll(10, TimeUnit.SECONDS).message()).contains(advice, "read again");
        }
    }
}
