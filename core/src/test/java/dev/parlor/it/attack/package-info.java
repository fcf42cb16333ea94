/** Attacks on real rooms: their members on hosts of their own, and an attacker on another. */
package dev.parlor.it.attack;
