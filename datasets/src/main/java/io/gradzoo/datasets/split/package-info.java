/**
 * Splits and shards by seeded hashes, and content hashes: the same on every machine and in every
 * version.
 *
 * <p>Functions of ids and values alone. Their results must never change between versions.
 *
 * <p>Read {@link StableHash}, then {@link RunSplit}, then {@link ContentHash}.
 */
package io.gradzoo.datasets.split;
