package dev.parlor.testkit.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.PayloadTooLargeException;
import dev.parlor.Room;
import dev.parlor.testkit.ParlorNetwork;
import dev.parlor.testkit.jvm.ParlorJvm;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A batch that is within the room's limit and beyond the program's heap is refused as any that is too large, and not by an error. */
class SmallHeapTest {
    @Test
    void aBatchThatTheHeapCannotHoldIsRefused() {
        for (String heap : new String[] {"-Xmx64m", "-Xmx128m"}) {
            try (ParlorJvm jvm = ParlorJvm.named("small heap").jvmOptions(heap).start(Program.class)) {
                jvm.requireSuccess(Duration.ofSeconds(60));
            }
        }
    }

    static final class Program {
        private static final byte[] HALF_A_MIB = new byte[1 << 19];

        private Program() {}

        public static void main(String[] args) {
            try (ParlorNetwork network = ParlorNetwork.create()) {
                Room ada = network.join("Ada");
                Room bob = network.join("Bob");
                ada.sessionData().put("before", 1);
                Map<String, Object> large = new HashMap<>();
                for (int i = 0; i < 200; i++) {
                    large.put("k" + i, HALF_A_MIB);
                }
                refused(() -> ada.sessionData().merge(large));
                refused(() -> ada.sessionData().replace(large));
                refused(() -> ada.sessionData().update(batch -> large.forEach(batch::put)));
                refused(() -> ada.sessionData().merge(endless(1)));
                refused(() -> ada.sessionData().merge(endless("x".repeat(1_000))));
                refused(() -> ada.sessionData().update(batch -> endless(1).forEach((key, value) -> batch.remove(key))));
                assertThat(ada.sessionData().snapshot()).isEqualTo(Map.of("before", 1));
                ada.sessionData().update(batch -> Collections.nCopies(1_000, HALF_A_MIB).forEach(value -> batch.put("same", value)));
                Map<String, Object> some = new HashMap<>();
                for (int i = 0; i < 10_000; i++) {
                    some.put("k" + i, i);
                }
                ada.sessionData().replace(some);
                ada.flush(Duration.ofSeconds(20));
                assertThat(bob.sessionData().snapshot()).isEqualTo(some);
            }
        }

        private static void refused(ThrowingCallable write) {
            assertThatThrownBy(write).isInstanceOfSatisfying(PayloadTooLargeException.class, e ->
                    assertThat(e.bytes()).isGreaterThan(e.limitBytes()));
        }

        private static Map<String, Object> endless(Object value) {
            return new AbstractMap<>() {
                @Override
                public Set<Entry<String, Object>> entrySet() {
                    throw new AssertionError("is gone through by forEach");
                }

                @Override
                public void forEach(BiConsumer<? super String, ? super Object> action) {
                    for (long i = 0; ; i++) {
                        action.accept("key" + i, value);
                    }
                }
            };
        }
    }
}
