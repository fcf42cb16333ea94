/** The workloads: start JVMs, tell them what to do, and take what they measured. */
package dev.parlor.bench.run;
