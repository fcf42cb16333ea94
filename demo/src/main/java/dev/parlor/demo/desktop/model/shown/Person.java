package dev.parlor.demo.desktop.model.shown;

import dev.parlor.ParticipantId;
import dev.parlor.demo.desktop.state.Presence;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A participant as the app shows it.
 *
 * @param id who
 * @param name what it is called
 * @param me whether it is this window's
 * @param host whether it is the longest present
 * @param onStage whether somebody has brought it to the stage
 * @param seat its breakout room's id, empty if in none
 * @param joinedAt since when it is there
 * @param presence what it shares of itself
 */
public record Person(ParticipantId id, String name, boolean me, boolean host, boolean onStage, String seat, Instant joinedAt,
        Presence presence) {
    private static final int MAX_INITIALS = 2;

    /** The first letters of the first words of the name, as on an avatar. */
    public String initials() {
        return Stream.of(name.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .limit(MAX_INITIALS)
                .map(word -> word.substring(0, word.offsetByCodePoints(0, 1)))
                .collect(Collectors.joining())
                .toUpperCase(java.util.Locale.ROOT);
    }
}
