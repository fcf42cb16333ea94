package dev.parlor.bench.candidate;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.util.MessageBatch;

/**
 * What somebody writes in an afternoon on a JGroups channel: puts as messages, applied on arrival, conflicts and losses
 * ignored. One message a put, or puts packed by hand.
 */
final class RawJGroups implements MapCandidate {
    /** Puts packed into one message: what fits one datagram with room to spare. */
    private static final int PACK_BYTES = 32 * 1024;
    private static final byte PUTS = 1;
    private static final byte MESSAGE = 2;
    /** As long as Parlor is given. */
    private static final long STATE_TIMEOUT_MILLIS = 240_000;

    private final boolean packs;
    private final Map<String, byte[]> map = new ConcurrentHashMap<>();
    private ByteBuffer pack = fresh();
    private volatile BiConsumer<String, byte[]> putListener;
    private volatile Consumer<byte[]> messageListener;
    private final Stack stack;
    private JChannel channel;

    /** How a channel is made. */
    interface Stack {
        JChannel at(Place place) throws Exception;
    }

    RawJGroups(boolean packs, Stack stack) {
        this.packs = packs;
        this.stack = stack;
    }

    private static ByteBuffer fresh() {
        return ByteBuffer.allocate(PACK_BYTES).put(PUTS);
    }

    @Override
    public void join(Place place) throws Exception {
        channel = stack.at(place);
        channel.setDiscardOwnMessages(true);
        channel.setReceiver(new Incoming());
        channel.connect(place.name(), null, STATE_TIMEOUT_MILLIS);
    }

    @Override
    public int members() {
        return channel.getView().size();
    }

    @Override
    public void put(String key, byte[] value) throws Exception {
        map.put(key, value);
        byte[] name = key.getBytes(StandardCharsets.UTF_8);
        int bytes = Short.BYTES + name.length + Integer.BYTES + value.length;
        if (!packs) {
            ByteBuffer one = ByteBuffer.allocate(1 + bytes).put(PUTS);
            one.putShort((short) name.length).put(name).putInt(value.length).put(value);
            channel.send(new BytesMessage(null, one.array()));
            return;
        }
        if (pack.remaining() < bytes) {
            flush();
        }
        pack.putShort((short) name.length).put(name).putInt(value.length).put(value);
    }

    @Override
    public void flush() throws Exception {
        if (pack.position() > 1) {
            channel.send(new BytesMessage(null, pack.array(), 0, pack.position()));
            pack = fresh();
        }
    }

    @Override
    public Map<String, byte[]> map() {
        return map;
    }

    @Override
    public void onPut(BiConsumer<String, byte[]> listener) {
        putListener = listener;
    }

    @Override
    public boolean hasMessages() {
        return !packs;
    }

    @Override
    public void send(byte[] payload) throws Exception {
        byte[] message = new byte[payload.length + 1];
        message[0] = MESSAGE;
        System.arraycopy(payload, 0, message, 1, payload.length);
        channel.send(new BytesMessage(null, message));
    }

    @Override
    public void onMessage(Consumer<byte[]> listener) {
        messageListener = listener;
    }

    @Override
    public void close() {
        channel.close();
    }

    private final class Incoming implements Receiver {
        @Override
        public void receive(MessageBatch batch) {
            batch.forEach(this::receive);
        }

        @Override
        public void receive(Message message) {
            ByteBuffer in = ByteBuffer.wrap(message.getArray(), message.getOffset(), message.getLength());
            if (in.get() == MESSAGE) {
                byte[] payload = new byte[in.remaining()];
                in.get(payload);
                messageListener.accept(payload);
                return;
            }
            while (in.hasRemaining()) {
                byte[] name = new byte[in.getShort()];
                in.get(name);
                byte[] value = new byte[in.getInt()];
                in.get(value);
                String key = new String(name, StandardCharsets.UTF_8);
                map.put(key, value);
                BiConsumer<String, byte[]> listener = putListener;
                if (listener != null) {
                    listener.accept(key, value);
                }
            }
        }

        @Override
        public void getState(OutputStream out) throws Exception {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream data = new DataOutputStream(bytes);
            data.writeInt(map.size());
            for (Map.Entry<String, byte[]> entry : map.entrySet()) {
                data.writeUTF(entry.getKey());
                data.writeInt(entry.getValue().length);
                data.write(entry.getValue());
            }
            out.write(bytes.toByteArray());
        }

        @Override
        public void setState(InputStream in) throws Exception {
            DataInputStream data = new DataInputStream(new ByteArrayInputStream(in.readAllBytes()));
            for (int left = data.readInt(); left > 0; left--) {
                String key = data.readUTF();
                map.put(key, data.readNBytes(data.readInt()));
            }
        }
    }
}
