package dev.parlor;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What a {@link Room} does with those present, beside what it says of them; apart from it only for its length. */
interface Participating {
    /**
     * Changes a part of this participant's user data, as {@link Room#setUserData} sets the whole: what other threads of this program set
     * or change meanwhile is not lost. The change is computed from what is there and taken if that is there still; if not it is
     * computed again. So it <b>may be called several times</b>, on the thread of the caller, and should do nothing else. No lock is held
     * meanwhile: one that is slow holds up nobody, and is called again where others were faster. If it throws, this call throws that and
     * nothing has changed; if it returns what is equal to what is there as encoded, nothing is sent. Nobody else writes this
     * participant's user data, so this is as good in a partition as elsewhere.
     *
     * @param type the class of the user data, that of what was set last
     * @param change gets the user data and returns what it is to be, a new object and not null; must set no user data itself
     * @param <T> the class of the user data
     * @throws RoomClosedException if the room is closed
     * @throws InvalidArgumentException if the user data is not set or of another class, an argument or what the change returns is null,
     *     or the change sets user data
     * @throws UnregisteredTypeException if the class of what it returns is not registered
     * @throws EncodingException if that cannot be encoded
     * @throws PayloadTooLargeException if it is over {@link Limits#userDataBytes()}
     */
    <T> void updateUserData(Class<T> type, UnaryOperator<T> change);

    /**
     * Shows who is present: the consumer gets the whole list, this participant included, in the order of joining and so with the {@linkplain
     * Room#host() host} first, now and whenever somebody has joined, left or changed its user data, or another is the host. It is what
     * {@link Room#participants} gives at the moment of the call: of changes that wait for a slow listener it sees the last, and what it
     * saw last is who is present. In a partition each side has those that it reaches.
     *
     * @param consumer called on the room's event thread with an immutable list, never empty
     * @return the registration
     * @throws RoomClosedException if the room is closed
     * @throws InvalidArgumentException if it is null
     */
    Subscription bindParticipants(Consumer<? super List<Participant>> consumer);

    /**
     * Shows who is present, no more often than some time: the first change is shown at once, those that follow too soon as one when the
     * time is over.
     *
     * @param interval the shortest time between two calls, such as 50 ms; rounded up to milliseconds
     * @param consumer called on the room's event thread with an immutable list, never empty
     * @return the registration
     * @throws RoomClosedException if the room is closed
     * @throws InvalidArgumentException if it is null, or the time is not positive or over a year
     */
    Subscription bindParticipants(Duration interval, Consumer<? super List<Participant>> consumer);
}
