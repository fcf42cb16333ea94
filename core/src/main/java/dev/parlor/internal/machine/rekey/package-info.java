/** How the passphrase of a room is changed while it runs, and who is kept from the new one. */
@NullMarked
package dev.parlor.internal.machine.rekey;

import org.jspecify.annotations.NullMarked;
