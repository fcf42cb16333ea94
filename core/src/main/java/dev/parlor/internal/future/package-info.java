/**
 * The one place where futures that callers wait for complete, on threads of the library's own. The engine and the door make
 * them; nothing else completes one.
 */
package dev.parlor.internal.future;
