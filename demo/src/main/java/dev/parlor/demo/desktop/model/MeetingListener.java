package dev.parlor.demo.desktop.model;

import dev.parlor.ParticipantId;
import dev.parlor.demo.desktop.model.shown.ChatLine;
import dev.parlor.demo.desktop.state.Reaction;

/** What a window hears of its meeting, on the event thread. */
public interface MeetingListener {
    /** Something of {@link Meeting#state()} has changed. */
    void stateChanged();

    /** Somebody, maybe this window's participant, has said something. */
    void said(ChatLine line);

    /** It is known now whether others have heard what this window's participant has said, by the number of the line. */
    void delivered(int number, ChatLine.Heard heard);

    /** Somebody has reacted. */
    void reacted(ParticipantId who, Reaction reaction);

    /** Something happened that the log tells. */
    void logged(String line);
}
