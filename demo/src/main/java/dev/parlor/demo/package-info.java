/**
 * The demo's command line, where all its programs begin: the window, the tour and the terminal chat. It knows them only as the
 * commands that a person types. {@code java} calls it, and a program of the demo that starts another one.
 */
package dev.parlor.demo;
