/** The user data of those present. Pure state, JDK only. */
@NullMarked
package dev.parlor.internal.user;

import org.jspecify.annotations.NullMarked;
