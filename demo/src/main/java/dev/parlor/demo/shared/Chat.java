package dev.parlor.demo;

/**
 * Something said, to all or to one: an app-message.
 *
 * @param text what was said
 */
record Chat(String text) {}
