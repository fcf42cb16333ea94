/**
 * The windows: thin, they show what the model says and pass on what a person does. All of it on the event thread. Only the app's
 * command line calls it.
 */
package dev.parlor.demo.desktop.view;
