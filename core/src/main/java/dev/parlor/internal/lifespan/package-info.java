/**
 * How long an entry of session data lives, as bytes in front of its encoded value: so every replica, frame and repair carries it
 * without knowing of it; and which entries are over, by who is present and what time it is, which are both told. For who writes values, and for the
 * replica.
 */
@NullMarked
package dev.parlor.internal.lifespan;

import org.jspecify.annotations.NullMarked;
