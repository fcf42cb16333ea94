package dev.parlor.internal.machine.rekey;

/**
 * A change of the key that another offers.
 *
 * @param from who changes it
 * @param round of its changes
 * @param publicKey of who changes it, for this change
 * @param heardNanos when this was heard
 */
record Offer(long from, long round, byte[] publicKey, long heardNanos) {
    /** Whether what somebody says is said of this change. */
    boolean isOf(long member, long ofRound) {
        return from == member && round == ofRound;
    }
}
