/** What the parts of a healed partition had changed, found out and reported once they have met. Repair drives it. */
package dev.parlor.internal.machine.merge;
