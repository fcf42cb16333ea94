/** JVMs with a member each of one group, which obey orders. */
package dev.parlor.bench.group;
