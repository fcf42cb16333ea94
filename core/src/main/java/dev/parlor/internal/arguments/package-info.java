/**
 * Checks of what users pass, for whatever takes it from them: builders, rooms, families. Here, and not with one of these, since they know
 * each other one way only. It knows nothing but the API.
 */
@NullMarked
package dev.parlor.internal.arguments;

import org.jspecify.annotations.NullMarked;
