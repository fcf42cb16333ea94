/** How the participants' times are kept together, by what they say of them. */
package dev.parlor.internal.machine.clock;
