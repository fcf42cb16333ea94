/** What the parts of a healed partition had changed, found out and reported once they have met. Repair drives it. */
@NullMarked
package dev.parlor.internal.machine.merge;

import org.jspecify.annotations.NullMarked;
