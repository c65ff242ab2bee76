package io.gradzoo.jobs.table;

import java.time.Instant;

/**
 * The version of zoos that a store reads. A zoo's version is the snapshot of its members; of its
 * gradient sets those are read that are of these members.
 */
public sealed interface ZooVersion {

  /** What stands there. */
  record Newest() implements ZooVersion {}

  /**
   * A snapshot of the members.
   *
   * @param id as {@code gradzoo zoo show} lists it
   */
  record OfSnapshot(long id) implements ZooVersion {
    @Override
    public String toString() {
      return "snapshot " + id;
    }
  }

  /** What stood there at a time. */
  record AsOf(Instant time) implements ZooVersion {
    @Override
    public String toString() {
      return "what stood there at " + time;
    }
  }
}
