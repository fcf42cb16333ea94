/** Programs of the demo in JVMs of their own. */
package dev.parlor.demo.jvm;
