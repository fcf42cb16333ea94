/** What the desktop app does and shows, without a window: tested without a display, and used by the views on the event thread. */
package dev.parlor.demo.desktop.model;
