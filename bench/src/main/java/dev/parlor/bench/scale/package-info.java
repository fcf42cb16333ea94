/** How much work a run is. */
package dev.parlor.bench.scale;
