package dev.parlor.testkit.internal.process;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * Where a JVM of a test begins: it is named to {@code java}. Its standard input is the test's hold on it:
 * a task comes that way first, and when the input ends the test's JVM is gone, and this one ends too.
 */
public final class JvmMain {
    /** Instead of the name of a class: a task comes by the standard input. */
    public static final String TASK = "--task";
    /** What it exits with when its task has thrown. */
    public static final int EXIT_TASK_FAILED = 70;
    /** What it exits with when the JVM of the test is gone; nobody is there to see it but a debugger. */
    private static final int EXIT_TEST_GONE = 71;

    private JvmMain() {}

    /**
     * Runs a program's main method or a task.
     *
     * @param args the name of the class and the arguments of its main method, or "--task" and the name of the JVM
     * @throws Throwable what the main method throws, as if it had been started without us
     */
    public static void main(String[] args) throws Throwable {
        DataInputStream in = new DataInputStream(System.in);
        byte[] task = in.readNBytes(in.readInt());
        System.setIn(new SilentInput());
        Thread watch = new Thread(() -> endWith(in), "parlor-jvm-ends-with-its-test");
        watch.setDaemon(true);
        watch.start();
        if (args[0].equals(TASK)) {
            runTask(task);
        } else {
            runMain(Class.forName(args[0]), Arrays.copyOfRange(args, 1, args.length));
        }
    }

    private static void runMain(Class<?> program, String[] args) throws Throwable {
        Method main = program.getMethod("main", String[].class);
        main.setAccessible(true);
        try {
            main.invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static void runTask(byte[] bytes) {
        try {
            TaskCode.read(bytes).run();
        } catch (Throwable e) {
            e.printStackTrace();
            // Threads that the task has left running must not keep a failed JVM alive.
            System.exit(EXIT_TASK_FAILED);
        }
    }

    private static void endWith(InputStream in) {
        try {
            while (in.read() >= 0) {
                // Nothing is sent after the task.
            }
        } catch (IOException gone) {
            // As good as its end.
        }
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        // No shutdown hooks: they may wait for others that are gone as well.
        Runtime.getRuntime().halt(EXIT_TEST_GONE);
    }

    /** Instead of the true one: gives nothing and does not end, so that a program that waits for Enter goes on waiting. */
    private static final class SilentInput extends InputStream {
        @Override
        public synchronized int read() throws IOException {
            try {
                while (true) {
                    wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while reading System.in, which in a JVM of a test gives nothing");
            }
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return length == 0 ? 0 : read();
        }
    }
}
