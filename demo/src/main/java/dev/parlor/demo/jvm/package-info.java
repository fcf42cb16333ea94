/**
 * Programs of the demo in JVMs of their own: where the {@code java} is that runs this one, and an archive of the classes that such
 * JVMs load. It knows no other package. All may call it.
 */
package dev.parlor.demo.jvm;
