package dev.parlor.demo.tour.peer;

/**
 * Something asked of one participant: a request, answered with an {@link Answer}.
 *
 * @param text what is asked
 */
record Question(String text) {}
