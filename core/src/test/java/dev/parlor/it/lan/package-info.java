/**
 * Rooms on local networks as people have them. A {@link dev.parlor.it.lan.Lan} is a world of hosts ({@link
 * dev.parlor.it.lan.Host}) with network cards, and of networks ({@link dev.parlor.it.lan.Switch}) to which the cards lead; a
 * {@link dev.parlor.it.lan.Program} is a JVM on a host that joins rooms as a {@link dev.parlor.it.lan.Setup} says. All of it is
 * made of network namespaces, and needs root. The tests are stories told with these; most have the tag {@code lan} and run with
 * the profile {@code lan} only.
 */
@NullMarked
package dev.parlor.it.lan;

import org.jspecify.annotations.NullMarked;
