/**
 * The records that the tour and the terminal chat share in their rooms. They are all that two such programs must have in common.
 * Both call it; the window has records of its own.
 */
package dev.parlor.demo.shared;
