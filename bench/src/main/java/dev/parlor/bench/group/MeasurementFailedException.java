package dev.parlor.bench.group;

/** A candidate could not do its work. It is told of in the results, and the others go on. */
public final class MeasurementFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MeasurementFailedException(String message) {
        super(message);
    }
}
