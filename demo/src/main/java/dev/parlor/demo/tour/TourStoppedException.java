package dev.parlor.demo.tour;

/** The tour cannot go on, since a peer did not do what all that follows builds upon. */
final class TourStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TourStoppedException(String message) {
        super(message);
    }
}
