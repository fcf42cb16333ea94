package dev.parlor.sim;

import dev.parlor.internal.engine.SimPeer;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.wire.Frame.Announce;
import dev.parlor.internal.wire.Frame.CompactionVote;
import dev.parlor.internal.wire.Frame.SyncChunk;
import dev.parlor.internal.wire.Frame.SyncRequest;
import java.util.Arrays;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Something planted, to see that the simulation finds it: between a room and the network ({@link Mangler}), in the
 * simulation itself, or in the code ({@link Mutation}).
 */
enum Flaw {
    /** The library as it is. */
    NONE,
    /** Writes of the same time are settled by arrival. */
    NO_AUTHOR_TIE_BREAK(Mutation.ARRIVAL_WINS),
    /** Who comes back has its former id. */
    SAME_AUTHOR_AFTER_RESTART,
    /** Removed keys are forgotten after some seconds. */
    TOMBSTONES_DROPPED_BY_AGE,
    /** State with a stamp of the future is refused. */
    FUTURE_STAMPS_REFUSED(world -> Mangler.entriesIn(entry ->
            entry.value().stamp().millis() <= world.trueMillis() + SimPeer.MAX_SKEW.toMillis())),
    /** A clear is made here and told nobody. */
    CLEAR_AS_LOCAL_WIPE(world -> Mangler.deltas(delta ->
            new StateDelta(Stamp.ZERO, delta.entries(), delta.batches()))),
    /** Nobody compares and nobody asks, but for joins. */
    NO_REPAIR(world -> Mangler.dropping(frame -> frame instanceof Announce
            || (frame instanceof SyncRequest request && Arrays.stream(request.buckets()).anyMatch(each -> each != 0)))),
    /** A stamp need not be newer than the key's. */
    STAMP_IGNORES_KEY(Mutation.FLOOR_WITHOUT_KEYS),
    /** A stamp need not be newer than the clear's. */
    STAMP_IGNORES_CLEAR(Mutation.FLOOR_WITHOUT_CLEAR),
    /** After a merge nothing is compared. */
    NO_REPAIR_AT_MERGE(world -> new Mangler.NoMergeRepair()),
    /** A missing frame is not noticed. */
    NO_GAP_CHECK(Mutation.EVERY_FRAME_COVERS),
    /** A batch goes in two frames. */
    BATCH_IN_TWO_FRAMES(world -> Mangler.splitting()),
    /** A message does not wait for what was written before it. */
    MESSAGE_PAST_THE_OUTBOX,
    /** Replicas that differ in the clear stamp alone are taken for equal. */
    DIGEST_WITHOUT_CLEAR(Mutation.ROOT_WITHOUT_CLEAR),
    /** What is handed to a joiner or in a repair lacks the removed keys. */
    SYNC_FORGETS_TOMBSTONES(world -> Mangler.rewriting(frame -> frame instanceof SyncChunk chunk
            ? Mangler.withEntries(chunk, entry -> !entry.value().isTombstone()) : frame)),
    /** Somebody's user data is taken from another. */
    USER_DATA_OF_A_STRANGER(world -> new Mangler.Stranger()),
    /** Messages that wait are dropped when what they waited for comes. */
    HELD_MESSAGES_DROPPED(Mutation.HELD_FORGOTTEN),
    /** Questions are never answered. */
    NO_ANSWERS(Mutation.NO_REPLY),
    /** Listeners are not told of new user data. */
    USER_DATA_UNTOLD(Mutation.UPDATES_UNTOLD),
    /** Removed keys are forgotten though somebody vanished who may not have known. */
    LOSSES_IGNORED(Mutation.NO_LOSSES),
    /** Removed keys are forgotten without asking the others. */
    VOTES_IGNORED(Mutation.NO_VOTES),
    /** Who is asked whether removed keys may be forgotten agrees without comparing. */
    VOTERS_BLIND(world -> Mangler.rewriting(frame -> frame instanceof CompactionVote vote
            ? new CompactionVote(vote.round(), true) : frame)),
    /** What is handed over ends in the middle. */
    SYNC_ENDS_EARLY(Mutation.HALF_A_STATE),
    /** What is handed over stops when as many parts are under way as may be. */
    ACKS_IGNORED(Mutation.NO_ACKS),
    /** Who was left in a view that the others have left stays in it. */
    STALE_VIEW_KEPT(Mutation.NO_VIEW_CHECK),
    /** A participant that is cut off takes it that it holds what all hold. */
    IN_SYNC_WHILE_CUT_OFF(Mutation.NEVER_CUT_OFF),
    /** Answers and confirmations are told on the thread of listeners, which may be waiting for them. */
    FUTURES_ON_THE_EVENT_THREAD,
    /** What the application's executor drops without a word is not offered again. */
    DROPPED_EVENTS_LOST(Mutation.NO_LOOK_AT_TURNS),
    /** The timer of a question that was answered is kept until it would have been too late. */
    TIMERS_KEPT(Mutation.TIMER_OF_AN_HOUR),
    /** Where nothing happens the digest is announced as often as where much does. */
    CHATTY_AT_REST(Mutation.NO_BACKING_OFF),
    /** What is written over a key of the future pushes the clock there. */
    FUTURE_DRAGS_THE_CLOCK(Mutation.AHEAD_DRAGS),
    /** The coordinator's clock sets the time of all back. */
    ONE_CLOCK_SETS_BACK(Mutation.COORDINATOR_SETS_BACK),
    /** After a merge of several parts each is compared with the coordinator's part only. */
    MERGES_WITH_THE_COORDINATOR_ONLY(Mutation.COORDINATOR_ONLY),
    /** What waits to be sent takes as much memory as there is. */
    OUTBOX_WITHOUT_A_SHARE(Mutation.NEVER_FULL),
    /** Messages that wait for what was sent before them are held without a word to the budget. */
    HOLDS_WITHOUT_ASKING(Mutation.HELD_UNASKED),
    /** The memory of messages that have waited for what was sent before them is not given back. */
    HELD_NOT_GIVEN_BACK(Mutation.HELD_KEPT),
    /** The memory of what listeners have been told is not given back. */
    TOLD_NOT_GIVEN_BACK(Mutation.TOLD_KEPT),
    /** Beyond its share a use is lent more than half of the whole. */
    LENT_WITHOUT_END(Mutation.LENT_WITHOUT_END),
    /** A kind of frames that is not known is refused, though it may be skipped. */
    SKIPPABLE_REFUSED(Mutation.NONE_SKIPPABLE),
    /** The numbers of frames that were skipped are missing. */
    SKIPPED_TAKEN_FOR_MISSING(Mutation.SKIPPED_UNNUMBERED),
    /** Frames that were skipped are not counted. */
    SKIPPED_NOT_COUNTED(Mutation.SKIPPED_UNCOUNTED),
    /** What a newer version has added to a frame makes it unreadable. */
    ADDED_FIELDS_REFUSED(Mutation.NONE_NEWER),
    /** Who speaks more versions than this program is taken for one that speaks none of its own. */
    SAME_VERSIONS_ONLY(Mutation.SAME_VERSIONS_ONLY),
    /** No frame to all tells what was sent to one before it. */
    DIRECTS_UNTOLD(Mutation.NO_DIRECTS_TOLD),
    /** What a missed frame to all told of what was sent to one before it is not asked for. */
    MISSED_DIRECTS_UNASKED(Mutation.NO_JUMP),
    /** A message that comes when one that was sent after it was heard is heard too. */
    OVERTAKEN_HEARD(Mutation.NEVER_OVERTAKEN),
    /** User data that was said before a cut, and comes after it, is taken though newer was known. */
    OLD_USER_DATA_TAKEN(Mutation.NEVER_OUTDATED),
    /** What has ended is shown again when a repair brings it. */
    ENDED_COMES_BACK(Mutation.ENDED_SHOWN),
    /** What lives while its author is present stays when that is gone. */
    AUTHORS_ENTRIES_STAY(Mutation.AUTHORS_KEPT),
    /** A start value wins over what was written or removed elsewhere before. */
    START_VALUE_WINS(Mutation.START_NOW),
    /** A signal that comes after a newer one is told. */
    OLD_SIGNALS_TOLD(Mutation.ALL_SIGNALS_NEWER),
    /** Of signals that wait for a listener the first is kept, and not the newest. */
    FIRST_SIGNAL_KEPT(Mutation.SIGNALS_NOT_REPLACED),
    /** Undo restores what another has written over. */
    UNDOES_WHAT_ANOTHER_WROTE(Mutation.ANYBODYS_WRITE);

    private final Function<World, Mangler> manglers;
    private final Mutation mutation;

    Flaw() {
        this(world -> new Mangler() {}, null);
    }

    Flaw(Function<World, Mangler> manglers) {
        this(manglers, null);
    }

    Flaw(Mutation mutation) {
        this(world -> new Mangler() {}, mutation);
    }

    Flaw(Function<World, Mangler> manglers, Mutation mutation) {
        this.manglers = manglers;
        this.mutation = mutation;
    }

    Mangler mangler(World world) {
        return manglers.apply(world);
    }

    /** What is found because of it. */
    Pattern sign() {
        return switch (this) {
            case NONE -> Pattern.compile("");
            case NO_AUTHOR_TIE_BREAK -> Pattern.compile("DIVERGED|going back");
            case CLEAR_AS_LOCAL_WIPE, NO_REPAIR, DIGEST_WITHOUT_CLEAR,
                    FUTURE_STAMPS_REFUSED -> Pattern.compile("DIVERGED");
            // Gaps are found all the same, by the next question of whoever checks its view; but nobody knows that all
            // is well.
            case NO_REPAIR_AT_MERGE -> Pattern.compile("DIVERGED|does not come to rest.*inSync=false");
            case SAME_AUTHOR_AFTER_RESTART -> Pattern.compile("two writes with the stamp");
            case MESSAGE_PAST_THE_OUTBOX, NO_GAP_CHECK -> Pattern.compile("heard a message before");
            case TOMBSTONES_DROPPED_BY_AGE -> Pattern.compile("RESURRECTED|heard .* after Stamp");
            case SYNC_FORGETS_TOMBSTONES -> Pattern.compile("RESURRECTED|DIVERGED");
            case STAMP_IGNORES_KEY, STAMP_IGNORES_CLEAR -> Pattern.compile("reads|does not read its own");
            case BATCH_IN_TWO_FRAMES -> Pattern.compile("of a batch and not");
            case USER_DATA_OF_A_STRANGER -> Pattern.compile("user data of .* that it did not write");
            case HELD_MESSAGES_DROPPED -> Pattern.compile("did not hear message");
            case NO_ANSWERS -> Pattern.compile("flushed or asked at rest");
            case USER_DATA_UNTOLD -> Pattern.compile("was told of the user data");
            case LOSSES_IGNORED, VOTES_IGNORED, VOTERS_BLIND -> Pattern.compile("LOST|RESURRECTED|going back");
            case ACKS_IGNORED -> Pattern.compile("could not join|never joined|does not come to rest|DIVERGED");
            case STALE_VIEW_KEPT -> Pattern.compile("sees .*, there are|could not join");
            case SYNC_ENDS_EARLY -> Pattern.compile("joined without");
            case IN_SYNC_WHILE_CUT_OFF -> Pattern.compile("claims to be in sync");
            case FUTURES_ON_THE_EVENT_THREAD -> Pattern.compile("flushed or asked at rest");
            case DROPPED_EVENTS_LOST -> Pattern.compile("was told");
            case TIMERS_KEPT -> Pattern.compile("timers");
            case CHATTY_AT_REST -> Pattern.compile("frames in a minute");
            case FUTURE_DRAGS_THE_CLOCK -> Pattern.compile("over nothing of the future");
            case MERGES_WITH_THE_COORDINATOR_ONLY -> Pattern.compile("was told of the conflicts");
            case OUTBOX_WITHOUT_A_SHARE -> Pattern.compile("for OUTBOX, of which there may be");
            case HOLDS_WITHOUT_ASKING, HELD_NOT_GIVEN_BACK -> Pattern.compile("for HELD and counts|counts .* for HELD");
            case TOLD_NOT_GIVEN_BACK -> Pattern.compile("for (MESSAGES|EVENTS|CHANGES) and counts|counts .* for (MESSAGES|EVENTS|CHANGES)");
            case LENT_WITHOUT_END -> Pattern.compile("for MESSAGES, of which there may be");
            case SKIPPABLE_REFUSED -> Pattern.compile("UNDECODABLE_FRAME.*kind 1|UNDECODABLE_FRAME.*kind 2|refused");
            case SKIPPED_TAKEN_FOR_MISSING -> Pattern.compile("frames for missed");
            case SKIPPED_NOT_COUNTED -> Pattern.compile("frames as skipped");
            case ADDED_FIELDS_REFUSED -> Pattern.compile("UNDECODABLE_FRAME.*left over|could not join");
            case SAME_VERSIONS_ONLY -> Pattern.compile("OTHER_VERSION|could not join|refused");
            case ONE_CLOCK_SETS_BACK -> Pattern.compile("time set back");
            case DIRECTS_UNTOLD, MISSED_DIRECTS_UNASKED -> Pattern.compile("never given up to wait for one");
            case OVERTAKEN_HEARD -> Pattern.compile("heard message \\d+ of \\d+ after");
            case OLD_SIGNALS_TOLD -> Pattern.compile("heard signal \\d+ of .* after");
            case FIRST_SIGNAL_KEPT -> Pattern.compile("did not hear the last signal");
            case OLD_USER_DATA_TAKEN -> Pattern.compile("was told of the user data .* after its");
            case ENDED_COMES_BACK -> Pattern.compile("sees t\\d of");
            case AUTHORS_ENTRIES_STAY -> Pattern.compile("sees p\\d of");
            case START_VALUE_WINS -> Pattern.compile("a start value");
            case UNDOES_WHAT_ANOTHER_WROTE -> Pattern.compile("what another wrote");
        };
    }

    /** Some flaws show in schedules made for what they break, and hardly ever in others: those need not be run. */
    boolean mayShowIn(Kind kind) {
        return switch (this) {
            case DIGEST_WITHOUT_CLEAR -> kind == Kind.TWO_KEYS;
            case LOSSES_IGNORED, VOTES_IGNORED, VOTERS_BLIND -> kind == Kind.FORGETTING;
            case ACKS_IGNORED -> kind == Kind.LARGE_VALUES;
            case STALE_VIEW_KEPT -> kind == Kind.SLOW_NETWORK;
            case FUTURES_ON_THE_EVENT_THREAD, DROPPED_EVENTS_LOST -> kind.hasSlowListeners();
            case MERGES_WITH_THE_COORDINATOR_ONLY -> kind == Kind.MEETINGS;
            case OUTBOX_WITHOUT_A_SHARE, HOLDS_WITHOUT_ASKING, HELD_NOT_GIVEN_BACK, TOLD_NOT_GIVEN_BACK, LENT_WITHOUT_END ->
                    kind == Kind.MEMORY;
            case SKIPPABLE_REFUSED, SKIPPED_TAKEN_FOR_MISSING, SKIPPED_NOT_COUNTED, ADDED_FIELDS_REFUSED, SAME_VERSIONS_ONLY ->
                    kind == Kind.VERSIONS;
            case OLD_SIGNALS_TOLD, FIRST_SIGNAL_KEPT -> kind.signals();
            case TIMERS_KEPT, CHATTY_AT_REST -> kind == Kind.QUIET;
            case DIRECTS_UNTOLD, MISSED_DIRECTS_UNASKED, OVERTAKEN_HEARD, OLD_USER_DATA_TAKEN -> kind == Kind.RESENT;
            case ENDED_COMES_BACK, AUTHORS_ENTRIES_STAY, START_VALUE_WINS, UNDOES_WHAT_ANOTHER_WROTE -> Living.is(kind);
            default -> true;
        };
    }

    /** What is changed in the code, or null. */
    Mutation mutation() {
        return mutation;
    }
}
