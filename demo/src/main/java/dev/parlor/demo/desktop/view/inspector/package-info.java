/**
 * The inspector: every entry of the session data, rates and experiments, for somebody who wants to see how the library works. It has
 * the switch of the app's network. Only the windows call it.
 */
package dev.parlor.demo.desktop.view.inspector;
