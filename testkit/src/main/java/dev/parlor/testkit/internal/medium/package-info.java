/**
 * What carries frames between the participants of a test, in memory or by JGroups, and the faults that it makes on the way. A
 * {@code Gate} stands for one participant's program, which can stop, vanish or have a wrong clock. {@code ParlorNetwork} sets the
 * faults, the package for rooms opens ends of a medium, and JGroups makes {@code FaultProtocol} from the XML of a stack.
 */
@NullMarked
package dev.parlor.testkit.internal.medium;

import org.jspecify.annotations.NullMarked;
