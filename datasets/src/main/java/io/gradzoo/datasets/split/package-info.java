/**
 * Assignments by seeded hash (splits, shards) and content hashes: the same for ever, on any
 * machine.
 */
package io.gradzoo.datasets.split;
