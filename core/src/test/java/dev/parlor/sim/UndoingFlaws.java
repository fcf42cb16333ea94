package dev.parlor.sim;

import net.bytebuddy.asm.Advice;

/** Code for {@link Mutation} that breaks rules of undo. */
final class UndoingFlaws {
    private UndoingFlaws() {}

    /** Whatever a key holds is taken for what the step wrote. */
    static final class AnybodysWrite {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) boolean result) {
            result = true;
        }
    }
}
