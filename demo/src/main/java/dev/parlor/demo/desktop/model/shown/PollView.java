package dev.parlor.demo.desktop.model.shown;

import java.util.List;

/**
 * A poll with its votes counted.
 *
 * @param id of the poll
 * @param question what is asked
 * @param by who asked
 * @param options in the order they were given
 * @param votes of all options
 * @param closed whether no more votes are taken
 */
public record PollView(String id, String question, String by, List<Option> options, int votes, boolean closed) {
    /**
     * What can be answered.
     *
     * @param text the answer
     * @param votes how many gave it
     * @param mine whether this participant did
     */
    public record Option(String text, int votes, boolean mine) {}

    /** The part of all votes that an option has, 0 to 1. */
    public double share(Option option) {
        return votes == 0 ? 0 : (double) option.votes() / votes;
    }
}
