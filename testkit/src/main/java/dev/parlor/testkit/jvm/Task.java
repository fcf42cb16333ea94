package dev.parlor.testkit.jvm;

import java.io.Serializable;

/**
 * What a JVM of a test is to run, written as a lambda in the test. It travels to the other JVM by Java serialization,
 * and so does what it captures: text, numbers, records that are {@link Serializable}; not the test object itself, which it
 * captures as soon as it uses a field or an instance method of the test. It runs on the class path of the test.
 */
@FunctionalInterface
public interface Task extends Serializable {
    /**
     * Runs in the other JVM, on its main thread. When it returns, the JVM leaves the control room, and ends as soon as no
     * thread runs that is not a daemon, as with {@code main}. When it throws, the JVM prints the stack trace and exits with
     * {@link ParlorJvm#EXIT_TASK_FAILED}.
     *
     * @param control the control room in which the JVM takes part. If it was started without one, each call on it throws
     *     {@link dev.parlor.InvalidArgumentException}.
     * @throws Exception whatever goes wrong
     */
    void run(ControlRoom control) throws Exception;
}
