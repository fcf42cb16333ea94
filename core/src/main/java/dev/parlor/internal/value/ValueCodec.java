package dev.parlor.internal.value;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.util.Pool;
import dev.parlor.EncodingException;
import dev.parlor.PayloadTooLargeException;
import dev.parlor.internal.value.container.HashedKeys;
import dev.parlor.internal.value.io.BoundedInput;
import dev.parlor.internal.value.io.Lacking;
import dev.parlor.internal.value.io.LimitedOutput;
import dev.parlor.internal.value.io.Unshareable;
import java.util.ConcurrentModificationException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Values to bytes and back, by a pool of Kryos. Thread-safe. */
public final class ValueCodec {
    /** Idle Kryos kept beside the one at hand: as many as threads usually encode and decode at once. */
    private static final int POOL_CAPACITY = 16;

    private record Coder(ParlorKryo kryo, LimitedOutput output) {}

    private final TypeRegistry types;
    private final Pool<Coder> coders;
    /** The one that was used last: the pool is a queue with locks, which took a seventh of a put. */
    private final AtomicReference<@Nullable Coder> atHand = new AtomicReference<>();

    /** Loads the classes of Kryo that every codec needs. */
    public static void load() {
        TypeRegistry.of(Set.of(), Map.of()).newKryo();
    }

    /** A codec for the classes of a registry. */
    public ValueCodec(TypeRegistry types) {
        this.types = types;
        coders = new Pool<>(true, true, POOL_CAPACITY) {
            @Override
            protected Coder create() {
                return new Coder(types.newKryo(), new LimitedOutput());
            }
        };
    }

    /**
     * Encodes a value. Of one that is too large no more is encoded than the limit.
     *
     * @param what what it is, for messages
     * @param limitBytes how many bytes it may have
     * @param limitName the name of that limit
     * @throws dev.parlor.UnregisteredTypeException if it holds an object of a class that is not registered
     * @throws EncodingException if it cannot be encoded otherwise
     * @throws PayloadTooLargeException if it has more bytes
     */
    public byte[] encode(Object value, Supplier<String> what, int limitBytes, String limitName) {
        byte[] plain = PlainValues.encode(value, limitBytes);
        return plain != null ? plain : encodeByKryo(value, what, limitBytes, limitName);
    }

    private byte[] encodeByKryo(Object value, Supplier<String> what, int limitBytes, String limitName) {
        Coder coder = obtain();
        LimitedOutput out = coder.output();
        byte[] bytes;
        try {
            out.begin(limitBytes);
            coder.kryo().writeClassAndObject(out, value);
            LimitedOutput.expect(out, 0);
            bytes = out.toBytes();
        } catch (LimitedOutput.LimitExceeded e) {
            // It has left each object that it was in: see decode.
            coder.kryo().reset();
            out.trim();
            free(coder);
            throw new PayloadTooLargeException(what.get(), e.bytes(), limitBytes, limitName);
        } catch (RuntimeException | Error e) {
            // A Kryo that failed amid an object keeps what it was doing; it is not put back.
            if (e instanceof Error error && !(e instanceof StackOverflowError)) {
                requireOfTheApplication(error);
            }
            throw encodingFailure(e, what.get());
        }
        out.trim();
        free(coder);
        return bytes;
    }

    private Coder obtain() {
        Coder coder = atHand.getAndSet(null);
        return coder != null ? coder : coders.obtain();
    }

    private void free(Coder coder) {
        if (!atHand.compareAndSet(null, coder)) {
            coders.free(coder);
        }
    }

    private static RuntimeException encodingFailure(Throwable e, String what) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof dev.parlor.ParlorException typed) {
                return typed;
            } else if (cause instanceof Unshareable) {
                return new EncodingException(what + " cannot be shared: it holds " + cause.getMessage(), e);
            }
        }
        return new EncodingException(what + " cannot be encoded (" + (e instanceof KryoException ? UndecodableValueException.firstLine(e)
                : e.toString().lines().findFirst().orElseThrow()) + "): " + advice(e), e);
    }

    private static String advice(Throwable e) {
        if (e instanceof ConcurrentModificationException) {
            return "it was changed meanwhile: share a copy of it, or change and share it under one lock";
        } else if (e instanceof StackOverflowError || e instanceof KryoException && e.getCause() == null) {
            return "share a value that does not refer to itself, is nested at most " + TypeRegistry.MAX_DEPTH
                    + " deep (keys within keys " + HashedKeys.MAX_NESTED + "), and has only fields of registered classes";
        }
        return "let the methods of its classes that are called for it (accessors, iterators, hashCode(), equals(), compareTo()) not "
                + "throw";
    }

    /** Throws again what is no fault of the application's code. */
    private static void requireOfTheApplication(Error e) {
        if (e instanceof VirtualMachineError || e instanceof LinkageError) {
            throw e;
        }
    }

    /**
     * The class of the objects that arrive for a class asked for, see {@link ReadTypes}.
     *
     * @throws dev.parlor.InvalidArgumentException if nothing that arrives is ever of that class
     */
    public <T> Class<T> asked(Class<T> type) {
        Class<T> arriving = ReadTypes.arriving(type);
        types.requireOfTheSameLoader(arriving);
        types.requireArriving(arriving);
        return arriving;
    }

    /** Whether reading an encoded value costs no more than a copy of it, so that what was read need not be kept beside it. */
    public static boolean isReadByCopy(byte[] encoded) {
        return PlainValues.isPlain(encoded);
    }

    /** Decodes a value; constants that are lacking here are left out without a word. */
    public Object decode(byte[] bytes) throws UndecodableValueException {
        return decode(bytes, lacking -> {});
    }

    /**
     * Decodes a value.
     *
     * @param incomplete is told, on this thread, if the value was read without constants of enums that this program lacks
     */
    public Object decode(byte[] bytes, Consumer<Lacking> incomplete) throws UndecodableValueException {
        try {
            Object plain = PlainValues.decode(bytes);
            return plain != null ? plain : decodeWith(obtain(), bytes, incomplete);
        } catch (VirtualMachineError e) {
            throw UndecodableValueException.shortOf(e);
        }
    }

    private Object decodeWith(Coder coder, byte[] bytes, Consumer<Lacking> incomplete) throws UndecodableValueException {
        Lacking lacking = coder.kryo().lacking();
        lacking.clear();
        Object value;
        try (Input in = new BoundedInput(bytes)) {
            value = coder.kryo().readClassAndObject(in);
            if (in.position() != in.limit()) {
                throw new KryoException((in.limit() - in.position()) + " bytes left over");
            }
        } catch (Error e) {
            if (!(e instanceof LinkageError)) {
                requireOfTheApplication(e);
            }
            throw UndecodableValueException.of(e, lacking);
        } catch (RuntimeException e) {
            // It has left each object that it was in, unlike with an error. A new one would take a hundred times as long
            // as the reading, and bad values may be many.
            UndecodableValueException undecodable = UndecodableValueException.of(e, lacking);
            coder.kryo().reset();
            free(coder);
            throw undecodable;
        }
        if (value == null) {
            UndecodableValueException undecodable = UndecodableValueException.nothingBut(lacking);
            free(coder);
            throw undecodable;
        }
        if (!lacking.isEmpty()) {
            incomplete.accept(lacking);
        }
        free(coder);
        return value;
    }
}
