package dev.parlor.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How many participants a {@code List<Room>} is to have, and what they are called. On a field it says that the field is to be
 * filled: with a {@code Room} or a {@code List<Room>} for each test. See {@link ParlorTest}.
 */
@Documented
@Target({ElementType.PARAMETER, ElementType.FIELD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Participants {
    /** {@return how many; as many as there are names if there are names} */
    int value() default 0;

    /** {@return their display names; Ada, Bob, Cleo and so on if there are none} */
    String[] names() default {};
}
