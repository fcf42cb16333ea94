/**
 * Families of keys as users see them: typed views of an index, live or of one moment, and what listeners of them are told. How
 * listeners of session data are registered, with a pace or without, lives here too. Called by {@code facade}.
 */
@NullMarked
package dev.parlor.internal.family;

import org.jspecify.annotations.NullMarked;
