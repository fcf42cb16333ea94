package dev.parlor.internal.engine;

import dev.parlor.internal.machine.outbox.Outbox.Outgoing;
import dev.parlor.internal.machine.state.Inbound;
import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.memory.Budget.Use;
import dev.parlor.internal.wire.Frame.AppMessage;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Weighs what waits in the queues of a room themselves, whatever its {@link Budget} has been told of it. */
final class Waiting {
    private final RoomEngine room;

    Waiting(RoomEngine room) {
        this.room = room;
    }

    /** Bytes, as they are to be counted, by use; no entry for what the budget reads by itself. */
    Map<Use, Long> bytes() {
        Map<Use, Long> bytes = new EnumMap<>(Use.class);
        for (Use use : List.of(Use.CHANGES, Use.EVENTS, Use.MESSAGES, Use.HELD, Use.OUTBOX, Use.ANSWERS)) {
            bytes.put(use, 0L);
        }
        for (Object each : (Collection<?>) of(room.machine().outbox(), "messages")) {
            Outgoing outgoing = (Outgoing) each;
            bytes.merge(outgoing.isAnswer() ? Use.ANSWERS : Use.OUTBOX, bytesOf(outgoing.message()), Long::sum);
        }
        for (Inbound inbound : room.state().inbounds().values()) {
            for (String queue : List.of("held", "pings")) {
                for (Object held : (Collection<?>) of(inbound, queue)) {
                    bytes.merge(Use.HELD, bytesOf((AppMessage) of(held, "message")), Long::sum);
                }
            }
        }
        items((Collection<?>) of(of(room.dispatcher(), "queue"), "items"), bytes);
        items((Collection<?>) of(of(room.dispatcher(), "delivery"), "taken"), bytes);
        return bytes;
    }

    private static void items(Collection<?> items, Map<Use, Long> bytes) {
        for (Object item : items) {
            Object changes = of(item, "changes");
            Object several = of(item, "several");
            if (changes != null) {
                bytes.merge(Use.CHANGES, (long) of(changes, "bytes"), Long::sum);
            } else if (several != null) {
                bytes.merge(Use.EVENTS, (long) of(several, "bytes"), Long::sum);
            } else if (of(item, "use") != null) {
                bytes.merge((Use) of(item, "use"), (long) of(item, "bytes"), Long::sum);
            }
        }
    }

    private static long bytesOf(AppMessage message) {
        return Budget.MESSAGE_OVERHEAD_BYTES + (long) message.payload().length;
    }

    private static Object of(Object owner, String name) {
        try {
            Field field = owner.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field.get(owner);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

}
