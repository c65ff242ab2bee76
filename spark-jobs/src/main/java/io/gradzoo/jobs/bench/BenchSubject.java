package io.gradzoo.jobs.bench;

/**
 * The subject of a benchmark.
 *
 * @param name as the command line has it
 * @param unit what a batch is made of, in the singular
 */
public record BenchSubject(String name, String unit) {}
