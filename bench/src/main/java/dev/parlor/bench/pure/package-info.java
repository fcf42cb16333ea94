/** JMH benchmarks of the parts that need no network. */
package dev.parlor.bench.pure;
