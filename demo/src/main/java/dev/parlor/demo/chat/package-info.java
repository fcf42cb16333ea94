/**
 * The terminal chat: a prompt, its commands, and events in words above it. It uses the public API of the library as any program
 * does. Only the command line calls it.
 */
package dev.parlor.demo.chat;
