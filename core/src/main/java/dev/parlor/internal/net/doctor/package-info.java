/**
 * What can be seen of a network without being in a room: facts, and no judgement. It looks at this machine itself; what is seen of
 * others is filled in by who can ask them. It knows nothing of JGroups.
 */
@NullMarked
package dev.parlor.internal.net.doctor;

import org.jspecify.annotations.NullMarked;
