package dev.parlor.internal.door;

/** Carries the stack of who called {@code join()}, since the failure itself comes from another thread. */
final class JoinCalledHere extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JoinCalledHere() {
        super("join() was called here");
    }
}
