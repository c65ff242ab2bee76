package io.gradzoo.jobs.table;

import java.time.Instant;
import java.util.Optional;

/**
 * A version of a table that a store keeps: a snapshot.
 *
 * @param id of the snapshot
 * @param made when it was published
 * @param rows their count
 * @param bytes of its data files
 * @param properties where the rows come from
 */
public record TableVersion(
    long id, Instant made, long rows, long bytes, TableProperties properties) {

  /** The snapshot of the members that its rows were made from, if it says so. */
  public Optional<Long> memberSnapshot() {
    return IcebergVersions.number(properties.members().orElse(""));
  }
}
