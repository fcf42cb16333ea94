package dev.parlor.internal.net.jgroups.setup;

import dev.parlor.internal.log.Log;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jgroups.logging.Slf4jLogImpl;
import org.slf4j.Logger;

/**
 * A log of JGroups, of which a class warns and complains at most once a minute each, and without traces: whoever sends bad
 * packets must not fill anybody's disk. What is left out is counted, said with the next line, and logged where debugging is
 * on. JGroups logs on the threads that receive, so lines go to a thread of their own ({@link Log}), but for those of
 * debugging, which whoever asks for them wants in the order of what happens. What JGroups warns of though all is well is logged
 * as debugging. Thread-safe.
 */
final class LimitedLog extends Slf4jLogImpl {
    private static final long INTERVAL_NANOS = 60_000_000_000L;
    /** What is no matter for a warning, by JGroups' numbers, which are the same in each language. */
    private static final List<String> NO_WARNINGS = List.of(
            // No address but that of the loopback interface, while defaults are looked for that rooms do not use: they name the
            // interface, and say themselves what they lack.
            "JGRP000026:",
            // Asked to begin a connection anew that is closed here, as when somebody has just left: there is nothing to send again.
            // Not so the error of the same number, which is about messages to all.
            "JGRP000040:");

    private final Logger logger;
    private final Limit warnings;
    private final Limit errors;

    LimitedLog(Logger logger, LongSupplier nanos) {
        super(Locale.getDefault(), logger);
        this.logger = logger;
        this.warnings = new Limit(nanos);
        this.errors = new Limit(nanos);
    }

    @Override
    public void warn(String message) {
        warned(message);
    }

    @Override
    public void warn(String message, Object... arguments) {
        warned(formatted(message, arguments));
    }

    @Override
    public void warn(String message, Throwable cause) {
        limited(warnings, message + ": " + cause, super::warn);
    }

    @Override
    public void error(String message) {
        limited(errors, message, super::error);
    }

    @Override
    public void error(String message, Object... arguments) {
        limited(errors, formatted(message, arguments), super::error);
    }

    @Override
    public void error(String message, Throwable cause) {
        limited(errors, message + ": " + cause, super::error);
    }

    @Override
    public void info(String message) {
        if (isInfoEnabled()) {
            later(message, super::info);
        }
    }

    @Override
    public void info(String message, Object... arguments) {
        if (isInfoEnabled()) {
            later(formatted(message, arguments), super::info);
        }
    }

    @Override
    public void fatal(String message) {
        later(message, super::fatal);
    }

    @Override
    public void fatal(String message, Object... arguments) {
        later(formatted(message, arguments), super::fatal);
    }

    @Override
    public void fatal(String message, Throwable cause) {
        later(message + ": " + cause, super::fatal);
    }

    private void warned(String message) {
        if (NO_WARNINGS.stream().anyMatch(message::startsWith)) {
            debug(message);
        } else {
            limited(warnings, message, super::warn);
        }
    }

    private void later(String message, Line line) {
        Log.write(logger, () -> line.write(message));
    }

    private interface Line {
        void write(String text);
    }

    private void limited(Limit limit, String message, Line line) {
        long left = limit.pass();
        if (left < 0) {
            debug(message);
        } else {
            String text = left == 0 ? message : message + " (and " + left + " more like it since the last such line)";
            Log.write(logger, () -> line.write(text));
        }
    }

    private static String formatted(String message, Object... arguments) {
        return arguments == null || arguments.length == 0 ? message : String.format(message, arguments);
    }

    /** Lets one through an interval. */
    private static final class Limit {
        private final LongSupplier nanos;
        private final AtomicLong next;
        private final AtomicLong left = new AtomicLong();

        Limit(LongSupplier nanos) {
            this.nanos = nanos;
            this.next = new AtomicLong(nanos.getAsLong());
        }

        /** How many were left out before this one, or -1 if it is left out as well. */
        long pass() {
            long now = nanos.getAsLong();
            long due = next.get();
            if (now - due >= 0 && next.compareAndSet(due, now + INTERVAL_NANOS)) {
                return left.getAndSet(0);
            }
            left.incrementAndGet();
            return -1;
        }
    }
}
