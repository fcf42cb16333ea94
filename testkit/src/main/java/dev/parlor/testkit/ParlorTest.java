package dev.parlor.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test with rooms. On a method it stands in place of {@code @Test}; on a class it is for all its tests, which have their own
 * {@code @Test}, {@code @ParameterizedTest} or {@code @RepeatedTest}.
 *
 * <p>Each test gets a {@link ParlorNetwork} of its own. Parameters of a test or of its {@code @BeforeEach}, and fields with
 * {@link Participants}, are joined on it before the test: a {@code Room} is one participant, a {@code List<Room>} two, or as
 * many as {@link Participants} says; all in one room, named Ada, Bob, Cleo and so on in the order in which they are asked for. A
 * parameter of type {@link ParlorNetwork} is the network itself, by which more rooms are joined and faults made. All are closed
 * after the test. What the test itself has joined it closes itself: a room left open fails the test, with the place where it
 * was opened.
 *
 * <p>What is said at a method goes before what is said at its class, and that before what is said at a class around it; of
 * {@link #types} all are taken.
 *
 * <p>A test that fails says the seed of its network's chance; with {@link #seed} it is the same again.
 */
@Documented
@Inherited
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Test
@ExtendWith(ParlorExtension.class)
public @interface ParlorTest {
    /** {@return what carries the network, one kind; in memory if none is said} */
    NetworkKind[] network() default {};

    /** {@return the name of the room; "test" if none is said} */
    String room() default "";

    /** {@return the seed of its chance; 0, if none is said, for another one each time} */
    long seed() default 0;

    /** {@return classes that may travel, as {@link dev.parlor.RoomBuilder#types} has it, beside those said at the class} */
    Class<?>[] types() default {};
}
