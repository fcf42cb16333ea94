package dev.parlor.sim;

import dev.parlor.ParticipantUpdated;
import dev.parlor.internal.engine.SimPeer;
import dev.parlor.internal.machine.outbox.Outbox;
import dev.parlor.internal.machine.state.Inbound;
import dev.parlor.internal.machine.state.RoomState;
import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.session.Digest;
import dev.parlor.internal.session.SessionReplica;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StampTimes;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.thread.Environment;
import dev.parlor.internal.time.RoomTime;
import dev.parlor.internal.time.Stamps;
import dev.parlor.internal.wire.Frame.AppMessage;
import dev.parlor.internal.wire.FrameKind;
import dev.parlor.internal.wire.Versions;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.LongPredicate;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.dynamic.loading.ClassReloadingStrategy;
import net.bytebuddy.matcher.ElementMatchers;

/** A method of the library that is given other code for a while, so that the library itself needs no switch. */
public enum Mutation {
    ARRIVAL_WINS(VersionedValue.class, "beats", ArrivalWins.class),
    FLOOR_WITHOUT_KEYS(StampTimes.class, "newest", FloorWithoutKeys.class),
    FLOOR_WITHOUT_CLEAR(StampTimes.class, "newest", FloorWithoutClear.class),
    ROOT_WITHOUT_CLEAR(Digest.class, "root", RootWithoutClear.class),
    EVERY_FRAME_COVERS(in("machine.state.Inbound"), "frameToAll", EveryFrameCovers.class),
    HELD_FORGOTTEN(in("machine.state.Inbound"), "cover", HeldForgotten.class),
    HALF_A_STATE(in("machine.repair.SyncStream"), "of", HalfAState.class),
    NO_ACKS(in("machine.repair.Repair"), "onAck", Skipped.class),
    NO_VIEW_CHECK(in("machine.members.ViewCheck"), "tick", Skipped.class),
    NO_REPLY(in("engine.Answering"), "reply", Skipped.class),
    NO_LOSSES(in("machine.state.Losses"), "ageMillis", NoLosses.class),
    NO_VOTES(in("machine.compaction.Compaction"), "propose", NoVotes.class),
    UPDATES_UNTOLD(in("dispatch.Delivery"), "wants", UpdatesUntold.class),
    NEVER_CUT_OFF(in("machine.members.Roster"), "mayBeCutOff", Never.class),
    NO_LOOK_AT_TURNS(in("dispatch.Turns"), "tick", Skipped.class),
    TIMER_OF_AN_HOUR(in("future.Completions"), "expire", TimerOfAnHour.class),
    NO_BACKING_OFF(in("machine.repair.DigestExchange"), "announceNowAndThen", NoBackingOff.class),
    AHEAD_DRAGS(Stamps.class, "next", AheadDrags.class),
    COORDINATOR_SETS_BACK(in("machine.clocksync.Clocks"), "onAnnounce", CoordinatorSetsBack.class),
    COORDINATOR_ONLY(in("machine.merge.Merges"), "advance", CoordinatorOnly.class),
    NEVER_FULL(Outbox.class, "isFull", Never.class),
    HELD_UNASKED(Inbound.class, "hold", HeldUnasked.class),
    HELD_KEPT(Inbound.class, "free", Skipped.class),
    TOLD_KEPT(in("dispatch.Delivery"), "free", Skipped.class),
    LENT_WITHOUT_END(Budget.class, "admits", LentWithoutEnd.class),
    NONE_SKIPPABLE(FrameKind.class, "isSkippable", Never.class),
    SKIPPED_UNNUMBERED(in("machine.Reception"), "receive", Unnumbered.class),
    SKIPPED_UNCOUNTED(in("machine.Reception"), "receive", Uncounted.class),
    NONE_NEWER(Versions.class, "areNewerThan", Never.class),
    SAME_VERSIONS_ONLY(Versions.class, "meet", SameOnly.class),
    NO_DIRECTS_TOLD(in("machine.outbox.Departures"), "directsToTellOf", NoneTold.class),
    NO_JUMP(Inbound.class, "frameToAll", NoJump.class),
    NEVER_OVERTAKEN(Inbound.class, "isOvertaken", Never.class),
    NEVER_OUTDATED(RoomState.class, "isOutdated", Never.class),
    ENDED_SHOWN(in("lifespan.Lives"), "add", LivingFlaws.EndedShown.class),
    AUTHORS_KEPT(in("machine.lifetime.Lifetimes"), "left", Skipped.class),
    START_NOW(in("machine.write.Writes"), "applyDefaults", LivingFlaws.StartNow.class),
    ALL_SIGNALS_NEWER(in("machine.messaging.Signals$Newest"), "take", Always.class),
    SIGNALS_NOT_REPLACED(in("listener.WaitingSignals$Waiting"), "replace", Skipped.class),
    ANYBODYS_WRITE(in("machine.undo.Version"), "is", UndoingFlaws.AnybodysWrite.class);

    private final Class<?> type;
    private final String method;
    private final Class<?> advice;

    Mutation(Class<?> type, String method, Class<?> advice) {
        this.type = type;
        this.method = method;
        this.advice = advice;
    }

    private static Class<?> in(String name) {
        try {
            return Class.forName("dev.parlor.internal." + name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /** Changes the code until the returned action is run. */
    public Runnable plant() {
        if (Arrays.stream(type.getDeclaredMethods()).noneMatch(each -> each.getName().equals(method))) {
            throw new AssertionError("there is no method " + method + " in " + type + " to plant " + this + " in");
        }
        ByteBuddyAgent.install();
        ClassReloadingStrategy strategy = ClassReloadingStrategy.fromInstalledAgent();
        new ByteBuddy().redefine(type).visit(Advice.to(advice).on(ElementMatchers.named(method))).make()
                .load(type.getClassLoader(), strategy);
        return () -> {
            try {
                strategy.reset(type);
            } catch (java.io.IOException e) {
                throw new AssertionError(e);
            }
        };
    }

    // ---- called by the changed code

    public static boolean arrivalWins(Object one, Object other) {
        Stamp arriving = ((VersionedValue) one).stamp();
        Stamp held = ((VersionedValue) other).stamp();
        return arriving.time() >= held.time() && !arriving.equals(held);
    }

    public static long newestOfKeys(Object replica, Object keys) {
        if (!(keys instanceof Iterable<?> all)) {
            return keys == null ? 0 : ((VersionedValue) keys).stamp().time();
        }
        long newest = 0;
        for (Object key : all) {
            VersionedValue held = ((SessionReplica) replica).entry((String) key);
            newest = held == null ? newest : Math.max(newest, held.stamp().time());
        }
        return newest;
    }

    public static long rootOfBuckets(Object digest) {
        return Arrays.hashCode(((Digest) digest).buckets());
    }

    public static void call(Object of, String method, Object... numbers) {
        called(of, method, numbers);
    }

    private static Object called(Object of, String method, Object... numbers) {
        try {
            Class<?>[] types = Collections.nCopies(numbers.length, long.class).toArray(Class<?>[]::new);
            Method called = of.getClass().getDeclaredMethod(method, types);
            called.setAccessible(true);
            return called.invoke(of, numbers);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new AssertionError(e);
        }
    }

    public static void forgetHalf(Object stream) {
        try {
            Field entries = stream.getClass().getDeclaredField("entries");
            entries.setAccessible(true);
            List<?> all = (List<?>) entries.get(stream);
            entries.set(stream, List.copyOf(all.subList(0, (all.size() + 1) / 2)));
        } catch (NoSuchFieldException | IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    public static void keepTimer(Object environment) {
        ((Environment) environment).timer().after(3_600_000, () -> { });
    }

    public static void setBack(Object time, long to) {
        if (to < ((RoomTime) time).roomMillis() - SimPeer.MAX_SKEW.toMillis()) {
            ((RoomTime) time).setTo(to);
        }
    }

    public static void keepCoordinator(Object state, Object representatives, Object parts) {
        LongPredicate speaks = member -> (boolean) called(state, "isCoordinator", member);
        long self = (long) called(state, "self");
        if (!speaks.test(self)) {
            ((Collection<?>) representatives).removeIf(each -> (long) each != self && !speaks.test((long) each));
            ((Map<?, ?>) parts).keySet().removeIf(each -> !speaks.test((long) each));
        }
    }

    /** Holds a message, and tells nobody. */
    public static void holdUnasked(Object held, Object pings, Object message) {
        try {
            Method of = message.getClass().getDeclaredMethod("message");
            of.setAccessible(true);
            boolean asks = ((AppMessage) of.invoke(message)).kind() == AppMessage.Kind.PING;
            @SuppressWarnings("unchecked")
            Queue<Object> queue = (Queue<Object>) (asks ? pings : held);
            queue.add(message);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new AssertionError(e);
        }
    }

    public static boolean isLent(boolean[] lent, Object use) {
        return lent[((Enum<?>) use).ordinal()];
    }

    public static void countSkipped(Object state, int more) {
        ((RoomState) state).stats().framesSkipped += more;
    }

    // ---- what is put into the methods

    static final class ArrivalWins {
        @Advice.OnMethodExit
        static void exit(@Advice.This Object one, @Advice.Argument(0) Object other,
                @Advice.Return(readOnly = false) boolean result) {
            result = Mutation.arrivalWins(one, other);
        }
    }

    static final class FloorWithoutKeys {
        @Advice.OnMethodExit
        static void exit(@Advice.FieldValue("replica") SessionReplica replica, @Advice.Return(readOnly = false) long result) {
            result = replica.clear().time();
        }
    }

    static final class FloorWithoutClear {
        @Advice.OnMethodExit
        static void exit(@Advice.FieldValue("replica") SessionReplica replica, @Advice.AllArguments Object[] arguments,
                @Advice.Return(readOnly = false) long result) {
            result = arguments.length == 1 ? Mutation.newestOfKeys(replica, arguments[0]) : 0;
        }
    }

    static final class RootWithoutClear {
        @Advice.OnMethodExit
        static void exit(@Advice.This Object digest, @Advice.Return(readOnly = false) long result) {
            result = Mutation.rootOfBuckets(digest);
        }
    }

    static final class EveryFrameCovers {
        @Advice.OnMethodExit
        static void exit(@Advice.This Object inbound, @Advice.Argument(0) long number) {
            Mutation.call(inbound, "cover", number);
        }
    }

    static final class NoneTold {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) Map<Long, Long> result) {
            result = Map.of();
        }
    }

    static final class NoJump {
        @Advice.OnMethodExit
        static void exit(@Advice.FieldValue(value = "jump", readOnly = false) long jump) {
            jump = 0;
        }
    }

    static final class HeldForgotten {
        @Advice.OnMethodExit
        static void exit(@Advice.FieldValue("held") Object held) {
            ((Queue<?>) held).clear();
        }
    }

    static final class Skipped {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter() {
            return true;
        }
    }

    static final class HalfAState {
        @Advice.OnMethodExit
        static void exit(@Advice.Return Object stream) {
            Mutation.forgetHalf(stream);
        }
    }

    static final class NoLosses {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) long result) {
            result = -1;
        }
    }

    static final class NoVotes {
        @Advice.OnMethodExit
        static void exit(@Advice.This Object compaction, @Advice.FieldValue("voting") boolean voting) {
            if (voting) {
                Mutation.call(compaction, "compact");
            }
        }
    }

    static final class UpdatesUntold {
        @Advice.OnMethodExit
        static void exit(@Advice.Argument(1) Object event, @Advice.Return(readOnly = false) boolean result) {
            result &= !(event instanceof ParticipantUpdated);
        }
    }

    static final class Never {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) boolean result) {
            result = false;
        }
    }

    static final class Always {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) boolean result) {
            result = true;
        }
    }

    static final class TimerOfAnHour {
        @Advice.OnMethodExit
        static void exit(@Advice.FieldValue("environment") Object environment) {
            Mutation.keepTimer(environment);
        }
    }

    static final class NoBackingOff {
        @Advice.OnMethodEnter
        static void enter(@Advice.FieldValue(value = "announceAfterNanos", readOnly = false) long after) {
            after = 1_000_000_000L;
        }
    }

    static final class AheadDrags {
        @Advice.OnMethodExit
        static void exit(@Advice.FieldValue(value = "last", readOnly = false) long last, @Advice.Return long given) {
            last = Math.max(last, given);
        }
    }

    static final class CoordinatorOnly {
        @Advice.OnMethodEnter
        static void enter(@Advice.FieldValue("state") Object state, @Advice.FieldValue("representatives") Object representatives,
                @Advice.FieldValue("parts") Object parts) {
            Mutation.keepCoordinator(state, representatives, parts);
        }
    }

    static final class HeldUnasked {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(@Advice.FieldValue("held") Object held, @Advice.FieldValue("pings") Object pings,
                @Advice.Argument(0) Object message) {
            Mutation.holdUnasked(held, pings, message);
            return true;
        }

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) boolean result) {
            result = true;
        }
    }

    static final class LentWithoutEnd {
        @Advice.OnMethodExit
        static void exit(@Advice.FieldValue("lent") boolean[] lent, @Advice.Argument(0) Object use,
                @Advice.Return(readOnly = false) boolean result) {
            result |= Mutation.isLent(lent, use);
        }
    }

    static final class Unnumbered {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(@Advice.FieldValue("state") Object state, @Advice.Argument(3) Object frame) {
            Mutation.countSkipped(state, frame == null ? 1 : 0);
            return frame == null;
        }
    }

    static final class Uncounted {
        @Advice.OnMethodExit
        static void exit(@Advice.FieldValue("state") Object state, @Advice.Argument(3) Object frame) {
            Mutation.countSkipped(state, frame == null ? -1 : 0);
        }
    }

    static final class SameOnly {
        @Advice.OnMethodExit
        static void exit(@Advice.This Object one, @Advice.Argument(0) Object other,
                @Advice.Return(readOnly = false) boolean result) {
            result = one.equals(other);
        }
    }

    static final class CoordinatorSetsBack {
        @Advice.OnMethodExit
        static void exit(@Advice.FieldValue("time") Object time, @Advice.Argument(1) long said) {
            Mutation.setBack(time, said);
        }
    }
}
