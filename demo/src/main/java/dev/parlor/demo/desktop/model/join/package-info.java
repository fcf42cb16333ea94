/**
 * How rooms are joined: what a person fills in, the main room, and the breakout rooms beside it. It keeps what a room tells until
 * somebody listens. The models of a meeting and the views call it.
 */
package dev.parlor.demo.desktop.model.join;
