/**
 * A participant of the tour, which is a JVM of its own, and the handle by which the tour directs it. Both speak in lines of text
 * over the standard input and output. Only the tour calls it, and {@code java}, which begins at {@code TourPeer}.
 */
package dev.parlor.demo.tour.peer;
