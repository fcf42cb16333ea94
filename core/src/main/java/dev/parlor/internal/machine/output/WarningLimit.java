package dev.parlor.internal.machine.output;

import dev.parlor.Warning;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lets through so many warnings of a kind a second and counts the others, so that nobody can flood events or logs. */
final class WarningLimit {
    private static final int A_SECOND = 10;
    private static final long SECOND_NANOS = 1_000_000_000L;

    private static final class Recent {
        private long sinceNanos;
        private int admitted;
        private long withheld;
    }

    private final Map<Warning.Kind, Recent> recent = new EnumMap<>(Warning.Kind.class);

    /** The text to say, or null if too many of this kind were said in this second. */
    @Nullable String admit(Warning.Kind kind, String message, long nowNanos) {
        Recent same = recent.computeIfAbsent(kind, each -> new Recent());
        if (same.admitted == 0 || nowNanos - same.sinceNanos > SECOND_NANOS) {
            same.sinceNanos = nowNanos;
            same.admitted = 0;
        }
        if (same.admitted >= A_SECOND) {
            same.withheld++;
            return null;
        }
        same.admitted++;
        String text = same.withheld == 0 ? message : message + " (and " + same.withheld + " more since the last warning)";
        same.withheld = 0;
        return text;
    }
}
