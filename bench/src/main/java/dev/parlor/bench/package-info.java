/**
 * Parlor beside raw JGroups and the systems a user might take instead: the same work, each in JVMs of its own, one
 * candidate after the other in every round, medians and ratios.
 */
package dev.parlor.bench;
