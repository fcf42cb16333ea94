/** How removed keys are forgotten once all agree that nobody can bring them back. */
@NullMarked
package dev.parlor.internal.machine.compaction;

import org.jspecify.annotations.NullMarked;
