/**
 * What must be done once in a JVM before JGroups is used: its logging, its filter of deserialization, and the digits of its
 * locale. It knows no room and no other package of the network. The network calls it before it makes a stack.
 */
@NullMarked
package dev.parlor.internal.net.jgroups.setup;

import org.jspecify.annotations.NullMarked;
