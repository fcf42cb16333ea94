package dev.parlor.internal.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.internal.user.UserReplica.UserValue;
import org.junit.jupiter.api.Test;

/** The newest that an owner has said of itself is kept, in whatever order it comes, until the owner is gone. */
class UserReplicaTest {
    private static final long ADA = 1;
    private final UserReplica users = new UserReplica();

    private static UserValue value(long version) {
        return new UserValue(version, new byte[] {(byte) version});
    }

    @Test
    void theNewestIsKeptInWhateverOrderItComes() {
        assertThat(users.of(ADA)).isSameAs(UserValue.NONE);
        assertThat(users.apply(ADA, value(2))).isSameAs(UserValue.NONE);
        assertThat(users.apply(ADA, value(1))).as("no news").isNull();
        assertThat(users.apply(ADA, value(2))).as("no news").isNull();
        assertThat(users.of(ADA).version()).isEqualTo(2);
        assertThat(users.apply(ADA, value(3)).version()).isEqualTo(2);
        assertThat(users.versions()).containsOnlyKeys(ADA).containsEntry(ADA, 3L);
    }

    @Test
    void whoIsGoneMayBeginAnew() {
        users.apply(ADA, value(5));
        users.remove(ADA);
        assertThat(users.of(ADA).isPresent()).isFalse();
        assertThat(users.apply(ADA, value(1))).isSameAs(UserValue.NONE);
    }
}
