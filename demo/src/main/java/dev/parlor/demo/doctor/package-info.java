/**
 * The command that says why somebody is not met on a network. Only the command line calls it.
 */
package dev.parlor.demo.doctor;
