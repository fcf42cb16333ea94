/** The network on JGroups: the only package that knows JGroups. */
package dev.parlor.internal.net.jgroups;
