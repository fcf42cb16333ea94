package dev.parlor.bench.run;

import dev.parlor.bench.candidate.Kind;
import dev.parlor.bench.report.Results;
import dev.parlor.bench.scale.Scale;
import java.io.File;

/** Something that is measured of a candidate, once a round. */
interface Workload {
    /** Whether this candidate can do it. */
    default boolean suits(Kind kind) {
        return !kind.isVariant();
    }

    /** Measures once. */
    void measure(Kind kind, Scale scale, File log, Results results) throws Exception;
}
