package dev.parlor.it;

import dev.parlor.Change;
import dev.parlor.Room;
import dev.parlor.RoomEvent;
import dev.parlor.SessionDataChanged;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.ConcurrentHashMap;

/** A program whose listeners stand still when it is told so. */
final class SoakPeer {
    private final Object gate = new Object();
    private final Map<String, Boolean> seen = new ConcurrentHashMap<>();
    private boolean standing;

    private SoakPeer() {}

    public static void main(String[] args) {
        new SoakPeer().run(args[0]);
    }

    private void run(String name) {
        try (Room room = Room.named(name).as("small").on(RoomEvent.class, this::hear).join();
                Scanner in = new Scanner(System.in)) {
            room.sessionData().asMap().keySet().forEach(key -> seen.put(key, true));
            System.out.println("JOINED");
            while (in.hasNextLine()) {
                String line = in.nextLine();
                System.out.println("re:" + line.split(" ", 2)[0] + " " + answer(room, line));
            }
        }
    }

    private Object answer(Room room, String line) {
        switch (line) {
            case "stand", "go on" -> {
                synchronized (gate) {
                    standing = line.equals("stand");
                    gate.notifyAll();
                }
                return "";
            }
            case "stats" -> {
                return room.stats();
            }
            case "digest" -> {
                return room.stats().digest();
            }
            default -> {
                return seen.size();
            }
        }
    }

    private void hear(RoomEvent event) {
        synchronized (gate) {
            while (standing) {
                try {
                    gate.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
        if (event instanceof SessionDataChanged changed) {
            for (Change change : changed.changes()) {
                if (change.newValue().isPresent()) {
                    seen.put(change.key(), true);
                } else {
                    seen.remove(change.key());
                }
            }
        }
    }
}
