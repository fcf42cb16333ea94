/**
 * The tour: the steps that show what the library does, told as a transcript while JVMs of the machine do them. It tells each
 * participant what to do and checks what each has seen. Only the command line calls it.
 */
package dev.parlor.demo.tour;
