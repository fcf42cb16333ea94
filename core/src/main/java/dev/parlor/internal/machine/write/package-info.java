/**
 * How session data is changed, by a caller here or by what comes from others: stamped, applied, told. Callers' writes begin
 * here; repair and reception end here.
 */
@NullMarked
package dev.parlor.internal.machine.write;

import org.jspecify.annotations.NullMarked;
