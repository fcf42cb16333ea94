/**
 * Joins under loss: whole rooms under a virtual clock, on a network where lost packets make frames and views late by up to many
 * seconds, members are excluded by mistake, and givers vanish amid the state. {@link dev.parlor.sim.joins.JoinRun} is one room;
 * a join of it ends with all that the room had, or with a typed exception.
 */
package dev.parlor.sim.joins;
