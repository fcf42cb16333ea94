package dev.parlor.demo;

/**
 * The reply to a {@link Question}.
 *
 * @param text what is answered
 */
record Answer(String text) {}
