/** Figures: kept as JSON lines, told as tables and plots. */
package dev.parlor.bench.report;
