package dev.parlor.it.attack;

import dev.parlor.JoinException;
import dev.parlor.Room;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.jgroups.JChannel;

/** A program that listens where a room does: a Parlor room, or plain JGroups. Ends with its input. */
public final class GadgetVictim {
    private GadgetVictim() {}

    /** Arguments: "plain" and a stack, or "parlor" and the name of a room. */
    public static void main(String[] args) throws Exception {
        if (args[0].equals("plain")) {
            JChannel channel = new JChannel(new ByteArrayInputStream(args[1].getBytes(StandardCharsets.UTF_8)));
            channel.connect("plain");
            System.out.println("listening");
            awaitEndOfInput();
            channel.close();
            return;
        }
        try (Room room = Room.named(args[1]).join()) {
            System.out.println("listening");
            awaitEndOfInput();
            System.out.println("status " + room.status());
        } catch (JoinException refused) {
            System.out.println("refused " + refused.reason());
        }
    }

    private static void awaitEndOfInput() throws Exception {
        System.in.readAllBytes();
    }
}
