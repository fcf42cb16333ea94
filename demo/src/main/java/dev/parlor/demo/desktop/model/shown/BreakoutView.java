package dev.parlor.demo.desktop.model.shown;

import java.util.List;

/**
 * A breakout room.
 *
 * @param id of the room
 * @param name what it is called
 * @param people who is assigned to it and present
 */
public record BreakoutView(String id, String name, List<Person> people) {}
