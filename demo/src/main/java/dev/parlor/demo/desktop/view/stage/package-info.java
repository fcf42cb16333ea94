/**
 * The stage: a tile for each participant, their pointers and reactions. It shows what the model says and passes on where the mouse
 * is. Only the windows call it.
 */
package dev.parlor.demo.desktop.view.stage;
