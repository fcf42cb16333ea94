package dev.parlor.demo.shared;

/**
 * Something said, to all or to one: an app-message.
 *
 * @param text what was said
 */
public record Chat(String text) {}
