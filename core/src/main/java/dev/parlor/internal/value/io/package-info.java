/**
 * What bytes of values are read from and written to, within bounds, and how it is said that a value cannot be read or shared.
 * Known to all other packages of values, and to nobody else; knows none of them.
 */
@NullMarked
package dev.parlor.internal.value.io;

import org.jspecify.annotations.NullMarked;
