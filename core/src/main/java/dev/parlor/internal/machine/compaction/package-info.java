/** How removed keys are forgotten once all agree that nobody can bring them back. */
package dev.parlor.internal.machine.compaction;
