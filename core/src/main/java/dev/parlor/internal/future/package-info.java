/**
 * The one place where futures that callers wait for complete, on threads of the library's own. The engine and the door make
 * them; nothing else completes one.
 */
@NullMarked
package dev.parlor.internal.future;

import org.jspecify.annotations.NullMarked;
