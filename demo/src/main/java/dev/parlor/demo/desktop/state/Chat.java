package dev.parlor.demo.desktop.state;

/**
 * Something said, to all or to one. An app-message: who joins later does not get it.
 *
 * @param text what was said
 */
public record Chat(String text) {}
