/** The app's network: Parlor's own stacks with a switch in them, so that a person can pull the plug of one window. */
package dev.parlor.demo.desktop.net;
