package dev.parlor.internal.value.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.InvalidArgumentException;
import org.junit.jupiter.api.Test;

/** Classes in a Java that makes no object without a constructor, as it has not the module jdk.unsupported. */
class ClassShapeTest {
    static final class Resolved {
        private int x;

        private Object readResolve() {
            return this;
        }
    }

    static final class Without {
        private int x;

        Without(int x) {
            this.x = x;
        }
    }

    static final class Refusing {
        private int x;

        private Refusing() {
            throw new IllegalStateException("never to be called");
        }
    }

    @Test
    void aClassWithReadResolveIsMadeByItsConstructorIfThereIsNoOtherWay() {
        assertThat(new ClassShape(Resolved.class, null).make(new Object[] {5})).isInstanceOfSatisfying(Resolved.class,
                made -> assertThat(made.x).isEqualTo(5));
    }

    @Test
    void aClassOfWhichNoObjectCanBeMadeIsRefused() {
        assertThatThrownBy(() -> new ClassShape(Without.class, null)).isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("no constructor").hasMessageContaining("requires jdk.unsupported;");
        assertThatThrownBy(() -> new ClassShape(Refusing.class, null)).isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("threw java.lang.IllegalStateException: never to be called")
                .hasMessageContaining("requires jdk.unsupported;");
    }

    @Test
    void otherwiseEachCanBeMade() {
        for (Class<?> type : new Class<?>[] {Resolved.class, Without.class, Refusing.class}) {
            assertThat(new ClassShape(type).make(new Object[] {5})).isInstanceOf(type);
        }
    }
}
