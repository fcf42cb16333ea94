/**
 * What the desktop app does and tells, without a window: tested without a display, and used by the views on the event thread. A
 * {@code Meeting} is what a person does in a room, an {@code InspectorModel} what is measured of it. The views call it.
 */
package dev.parlor.demo.desktop.model;
