/**
 * Real faults on real JVMs, each a host of its own: {@link dev.parlor.it.faults.Hosts} are network namespaces on bridges,
 * {@link dev.parlor.it.faults.FaultPeer} a program that writes and logs ({@link dev.parlor.it.faults.PeerLog}),
 * {@link dev.parlor.it.faults.Storm} what happens to them, {@link dev.parlor.it.faults.Checker} reads the logs and
 * tells whether what was promised was kept.
 */
package dev.parlor.it.faults;
