package dev.parlor.demo.desktop.model.shown;

/**
 * A question to the session with its up-votes counted.
 *
 * @param id of the question
 * @param text what is asked
 * @param by who asked
 * @param upvotes how many want it answered
 * @param mine whether this participant does
 * @param answered whether it was
 */
public record QuestionView(String id, String text, String by, int upvotes, boolean mine, boolean answered) {}
