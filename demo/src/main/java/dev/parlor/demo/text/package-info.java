/** Events in words. It knows the public API of the library only. The terminal chat and the models of the window call it. */
package dev.parlor.demo.text;
