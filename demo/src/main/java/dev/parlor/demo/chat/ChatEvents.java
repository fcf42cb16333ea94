package dev.parlor.demo.chat;

import dev.parlor.MessageReceived;
import dev.parlor.Participant;
import dev.parlor.ParticipantUpdated;
import dev.parlor.Room;
import dev.parlor.RoomEvent;
import dev.parlor.demo.shared.Chat;
import dev.parlor.demo.shared.Profile;
import dev.parlor.demo.text.EventText;
import java.util.List;
import java.util.stream.Collectors;

/** Events as the chat shows them: those of {@link EventText}, raised hands, and what somebody said. */
public final class ChatEvents {
    private ChatEvents() {}

    /** What a person is told after the join. */
    static String welcome(Room room) {
        String others = room.participants().stream()
                .filter(who -> !who.local())
                .map(Participant::name)
                .collect(Collectors.joining(", "));
        return "* You are in the room \"" + room.name() + "\" as " + room.me().name() + ", "
                + (others.isEmpty() ? "the first one" : "with " + others) + ". /help says what you can do.";
    }

    /** The lines for an event; none if it is nothing to a person. */
    public static List<String> lines(RoomEvent event) {
        if (event instanceof ParticipantUpdated updated) {
            return EventText.hand(updated, shared -> shared instanceof Profile profile && profile.handUp()).stream().toList();
        }
        if (event instanceof MessageReceived message) {
            String text = message.payload() instanceof Chat chat ? chat.text() : String.valueOf(message.payload());
            return List.of(message.from().name() + (message.direct() ? " (to you alone): " : ": ") + text);
        }
        return EventText.lines(event);
    }
}
