package dev.parlor.demo.desktop.model.join;

import dev.parlor.Doctor;
import dev.parlor.JoinException;
import dev.parlor.ParlorException;
import dev.parlor.Room;
import dev.parlor.RoomBuilder;
import dev.parlor.RoomEvent;
import dev.parlor.SyncProgress;
import dev.parlor.demo.desktop.state.Announcement;
import dev.parlor.demo.desktop.state.Chat;
import dev.parlor.demo.desktop.state.Experiment;
import dev.parlor.demo.desktop.state.Poll;
import dev.parlor.demo.desktop.state.Pointer;
import dev.parlor.demo.desktop.state.Presence;
import dev.parlor.demo.desktop.state.Question;
import dev.parlor.demo.desktop.state.Reaction;
import dev.parlor.demo.desktop.state.Scene;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** Joins rooms as a form says: the main room, and with the same name, passphrase and reach its breakout rooms. */
public final class RoomDoor {
    private final Executor ui;
    private final Executor background;
    private final Function<String, RoomBuilder> rooms;
    private final Function<String, String> stackOfThisMachine;

    /**
     * @param ui where everything is delivered
     * @param background closes rooms that nobody wants any more, which may wait for the network
     * @param rooms begins to join a room of a name: {@code Room::named}, but for tests
     * @param stackOfThisMachine gives the stack of a room's name for {@link Reach#THIS_MACHINE}; null for Parlor's own
     */
    public RoomDoor(Executor ui, Executor background, Function<String, RoomBuilder> rooms,
            Function<String, String> stackOfThisMachine) {
        this.ui = ui;
        this.background = background;
        this.rooms = rooms;
        this.stackOfThisMachine = stackOfThisMachine;
    }

    /**
     * Begins to join.
     *
     * @param events told of the room's events
     * @param progress told how much of the room's state has arrived
     * @param done told once, of the room or of what is wrong in words for a person
     * @return cancel it to stop joining; then nothing is told
     */
    public CompletableFuture<Room> join(JoinForm form, EventQueue events, Consumer<? super SyncProgress> progress,
            BiConsumer<Room, String> done) {
        CompletableFuture<Room> attempt;
        try {
            attempt = builder(form, form.room()).on(RoomEvent.class, events).onSyncProgress(progress).joinAsync();
        } catch (ParlorException e) {
            attempt = CompletableFuture.failedFuture(e);
        }
        CompletableFuture<Room> joining = attempt;
        // By the executor itself, so that what goes wrong there is seen, which a future would keep to itself.
        joining.whenComplete((room, failure) -> ui.execute(() -> {
            if (!joining.isCancelled()) {
                done.accept(room, failure == null ? "" : text(failure));
            }
        }));
        return joining;
    }

    /** How the form's breakout rooms are joined. */
    public BreakoutSeat.Joiner breakouts(JoinForm form) {
        return (name, events) -> {
            CompletableFuture<Room> attempt = builder(form, name).on(RoomEvent.class, events).joinAsync();
            CompletableFuture<Room> there = new CompletableFuture<>();
            attempt.whenCompleteAsync((room, failure) -> {
                if (failure != null) {
                    there.completeExceptionally(failure);
                } else if (!there.complete(room)) {
                    background.execute(room::close);
                }
            }, ui);
            there.whenComplete((room, failure) -> attempt.cancel(true));
            return there;
        };
    }

    /**
     * Looks at the network of a room, for some seconds and without joining it.
     *
     * @param done told once, of the report or of why there is none, in words for a person
     */
    public void examine(JoinForm form, Consumer<String> done) {
        RoomBuilder builder = rooms.apply(form.room());
        if (!form.passphrase().isEmpty()) {
            builder.passphrase(form.passphrase().toCharArray());
        }
        switch (form.reach()) {
            case LAN -> builder.lan();
            case HOSTS -> builder.hosts(form.hostList());
            case THIS_MACHINE -> { }
        }
        Doctor.examineAsync(builder).whenComplete((report, failure) -> ui.execute(() ->
                done.accept(failure == null ? report.toString() : text(failure))));
    }

    private RoomBuilder builder(JoinForm form, String room) {
        RoomBuilder builder = rooms.apply(room)
                .as(form.name())
                .userData(Presence.of(form.colour()))
                .types(Presence.class, Pointer.class, Scene.class, Poll.class, Question.class, Chat.class,
                        Announcement.class, Reaction.class, Experiment.class)
                .deliverOn(ui)
                .failWhenOutboxFull();
        if (!form.passphrase().isEmpty()) {
            builder.passphrase(form.passphrase().toCharArray());
        }
        switch (form.reach()) {
            case LAN -> builder.lan();
            case HOSTS -> builder.hosts(form.hostList());
            case THIS_MACHINE -> {
                if (stackOfThisMachine != null) {
                    builder.stack(stackOfThisMachine.apply(room));
                }
            }
        }
        return builder;
    }

    /** Why a room was not joined, in words for a person. */
    static String text(Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof JoinException join && join.reason() == JoinException.Reason.WRONG_PASSPHRASE) {
            return "That is not the passphrase of those in the room. (" + join.getMessage() + ")";
        }
        return String.valueOf(cause.getMessage());
    }
}
