package dev.parlor.sim;

import dev.parlor.internal.machine.write.Writes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.asm.Advice;

/** Code for {@link Mutation} that breaks rules of lifetimes and start values. */
final class LivingFlaws {
    private LivingFlaws() {}

    /** What has ended when it comes is shown. */
    static final class EndedShown {
        @Advice.OnMethodExit
        static void exit(@Advice.FieldValue("hidden") Set<String> hidden, @Advice.Argument(0) String key) {
            hidden.remove(key);
        }
    }

    /** A start value has a stamp like any other write. */
    static final class StartNow {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(@Advice.This Writes writes, @Advice.Argument(0) Map<String, byte[]> encoded) {
            encoded.forEach(new Put(writes));
            return true;
        }

        @Advice.OnMethodExit
        static void exit(@Advice.Argument(0) Map<String, byte[]> encoded, @Advice.Return(readOnly = false) List<String> result) {
            result = List.copyOf(encoded.keySet());
        }
    }

    /** A class of its own: what is woven into another class has no lambdas. */
    public record Put(Writes writes) implements java.util.function.BiConsumer<String, byte[]> {
        @Override
        public void accept(String key, byte[] value) {
            writes.apply(key, value);
        }
    }
}
