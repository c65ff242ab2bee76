/**
 * Parsing of config blocks: types and ranges of values, what each key affects, and all mistakes.
 *
 * <p>Knows no key by name: the records that are read from blocks do. Never stops at the first
 * mistake.
 *
 * <p>Read {@link Section}, then {@link Effects}.
 */
package io.gradzoo.jobs.config.block;
