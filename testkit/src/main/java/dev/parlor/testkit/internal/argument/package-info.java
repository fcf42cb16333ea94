/**
 * Checks of what a test passes to the testkit: each names the value, the limit and what to pass instead. They keep no state and
 * know no other package of the testkit. All packages of the testkit may call them.
 */
@NullMarked
package dev.parlor.testkit.internal.argument;

import org.jspecify.annotations.NullMarked;
