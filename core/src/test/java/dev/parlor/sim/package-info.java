/**
 * Whole rooms on a simulated network, under a virtual clock and one seeded scheduler: no threads, no sleeping, the same
 * seed gives the same run to the byte. {@link dev.parlor.sim.Schedule} is what is done, {@link dev.parlor.sim.World}
 * does it, {@link dev.parlor.sim.Witness} and {@link dev.parlor.sim.History} check what participants see.
 */
package dev.parlor.sim;
