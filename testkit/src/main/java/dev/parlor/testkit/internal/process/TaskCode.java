package dev.parlor.testkit.internal.process;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns tasks into bytes and back, and says what is wrong with those that cannot be. */
public final class TaskCode {
    /** More than values of a test take. It is handed over before the JVM runs, so a larger one would only delay it. */
    public static final int MAX_BYTES = 1 << 20;

    private TaskCode() {}

    /** What a JVM runs that was started for a task. */
    public interface Program extends Serializable {
        void run() throws Exception;
    }

    /** A task cannot be handed to another JVM. The message says why. */
    public static final class NotTransferableException extends Exception {
        private static final long serialVersionUID = 1L;

        NotTransferableException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * The bytes of a program.
     *
     * @param task what it runs, as the test wrote it
     */
    public static byte[] write(String jvm, Program program, Serializable task) throws NotTransferableException {
        byte[] bytes;
        try {
            bytes = bytesOf(program);
        } catch (NotSerializableException e) {
            throw new NotTransferableException(explain(jvm, task, e), e);
        } catch (IOException e) {
            throw new NotTransferableException("the task of the JVM \"" + jvm + "\" cannot be serialized: " + e, e);
        }
        if (bytes.length > MAX_BYTES) {
            throw new NotTransferableException("the task of the JVM \"" + jvm + "\" takes " + bytes.length
                    + " bytes with all it captures, the limit is " + MAX_BYTES + ": pass the path of a file instead", null);
        }
        return bytes;
    }

    static Program read(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return (Program) in.readObject();
        }
    }

    private static byte[] bytesOf(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    private static String explain(String jvm, Serializable task, NotSerializableException why) {
        // The message of this exception is the name of the class, and nothing else.
        String culprit = String.valueOf(why.getMessage());
        String advice = "capture only values that are Serializable, such as text, numbers and records that implement it, or "
                + "make what the task needs inside of it";
        Optional<SerializedLambda> lambda = lambda(task);
        if (lambda.isPresent()) {
            String writtenIn = lambda.get().getCapturingClass().replace('/', '.');
            if (culprit.equals(writtenIn)) {
                advice = "the task uses a field or an instance method of it: make that static, or copy the field to a local "
                        + "variable before the task";
            }
            culprit += captured(lambda.get());
        }
        return "the task of the JVM \"" + jvm + "\" captures a " + culprit + ", which is not Serializable, so it cannot be "
                + "handed to another JVM: " + advice;
    }

    /** Which captured value it is, when the culprit is inside of one that is of another class. */
    private static String captured(SerializedLambda lambda) {
        for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
            Object value = lambda.getCapturedArg(i);
            try {
                bytesOf(value);
            } catch (IOException e) {
                String holder = value.getClass().getName();
                return holder.equals(e.getMessage()) ? "" : " (inside of a captured " + holder + ")";
            }
        }
        return "";
    }

    private static Optional<SerializedLambda> lambda(Serializable task) {
        try {
            Method replace = task.getClass().getDeclaredMethod("writeReplace");
            replace.setAccessible(true);
            return replace.invoke(task) instanceof SerializedLambda lambda ? Optional.of(lambda) : Optional.empty();
        } catch (ReflectiveOperationException | RuntimeException notALambda) {
            // A task may be an object of a class as well; then there is less to say of it.
            return Optional.empty();
        }
    }
}
