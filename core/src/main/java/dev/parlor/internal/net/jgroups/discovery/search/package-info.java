/**
 * Ways to find others that may take as long as they like: shared folders, and what applications plug in ({@link
 * dev.parlor.internal.net.Finder}). Each is asked again and again on a thread that may wait. Discovery makes them and asks whom they find.
 */
@NullMarked
package dev.parlor.internal.net.jgroups.discovery.search;

import org.jspecify.annotations.NullMarked;
