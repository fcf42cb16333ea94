/**
 * The app's network: Parlor's own stacks with a switch in them, so that a person can pull the plug of one window. The inspector has
 * the switch, the command line makes the stacks. JGroups makes {@code PlugProtocol} by its name from their XML.
 */
package dev.parlor.demo.desktop.net;
