/**
 * Parts that every view is made of: fields, buttons, icons, the theme. They know no room and no meeting, only how long a text may
 * be. All views call it.
 */
package dev.parlor.demo.desktop.view.part;
