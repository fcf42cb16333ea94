package dev.parlor.demo.tour.peer;

/**
 * The reply to a {@link Question}.
 *
 * @param text what is answered
 */
record Answer(String text) {}
