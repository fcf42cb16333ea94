/** The windows: thin, they show what the model says and pass on what a person does. All of it on the event thread. */
package dev.parlor.demo.desktop.view;
