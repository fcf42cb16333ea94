/** Events in words, for the terminal and the window. */
package dev.parlor.demo.text;
