/**
 * The API of Parlor, and all of it: a program begins with {@link dev.parlor.Room#named} and meets nothing but what is here. Types
 * of this package may be named by everybody and know nothing of the packages under {@code internal} but the one door, which
 * {@link dev.parlor.Room#named} opens.
 *
 * <p><b>Null</b> is not taken for any argument, nor within an array, list or map, unless its description says so: an {@link
 * dev.parlor.InvalidArgumentException} says what to pass instead, before anything has changed. Nothing returned is null either;
 * what may be missing is an {@link java.util.Optional}.
 */
@NullMarked
package dev.parlor;

import org.jspecify.annotations.NullMarked;
