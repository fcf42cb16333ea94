/**
 * What the desktop app shares, and under which keys. The place to look how state is shaped for a last-writer-wins map: what two
 * people may change at once has two keys. So a vote is a key, and not a number in a list of votes. Models and views may call it.
 */
package dev.parlor.demo.desktop.state;
