/**
 * Assignments by seeded hash (splits, shards) and content hashes: the same for ever, on any
 * machine.
 *
 * <p>Functions of ids and values alone; their results must never change from one version to the
 * next.
 *
 * <p>Read {@link StableHash}, then {@link RunSplit}, then {@link ContentHash}.
 */
package io.gradzoo.datasets.split;
