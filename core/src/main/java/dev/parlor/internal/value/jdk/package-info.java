/**
 * Values of the JDK as bytes: which of its classes travel without being registered, under which numbers and in which form.
 * Called by the registry of types; knows containers and nothing of the application's classes.
 */
@NullMarked
package dev.parlor.internal.value.jdk;

import org.jspecify.annotations.NullMarked;
