/**
 * Lists, sets, maps and arrays as bytes: in an order that is the same for equal ones, and with keys that can be hashed in time.
 * The packages of the JDK's values and of the application's classes stand on this one, which knows neither.
 */
@NullMarked
package dev.parlor.internal.value.container;

import org.jspecify.annotations.NullMarked;
