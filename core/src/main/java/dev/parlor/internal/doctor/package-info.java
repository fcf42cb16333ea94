/**
 * What follows from what was seen of a network: findings, each with what to do. It only judges; the packages below the network see.
 */
@NullMarked
package dev.parlor.internal.doctor;

import org.jspecify.annotations.NullMarked;
