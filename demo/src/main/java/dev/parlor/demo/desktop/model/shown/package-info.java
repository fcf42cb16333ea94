/**
 * What is to be shown, as immutable records, and the reader that makes them from a room. Whatever others have shared, it gives only
 * what the window knows and has space for. The models of a meeting and the views call it.
 */
package dev.parlor.demo.desktop.model.shown;
