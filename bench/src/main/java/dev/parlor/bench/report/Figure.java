package dev.parlor.bench.report;

/**
 * What is measured.
 *
 * @param id as in the results
 * @param title as in the tables
 * @param unit its unit
 * @param more whether more is better
 */
public record Figure(String id, String title, String unit, boolean more) {}
