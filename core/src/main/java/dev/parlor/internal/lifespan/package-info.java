/**
 * How long an entry of session data lives, as bytes in front of its encoded value: so every replica, frame and repair carries it
 * without knowing of it. Nothing here knows of rooms or clocks. For who writes values, and for who shows them to readers.
 */
@NullMarked
package dev.parlor.internal.lifespan;

import org.jspecify.annotations.NullMarked;
