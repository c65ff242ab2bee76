package io.gradzoo.jobs.table;

import java.time.Duration;

/**
 * How processes on different machines tell whether another still lives: each changes its file with
 * every {@link #beat}, and one whose file did not change while another looked at it for the {@link
 * #silence} is dead. The looking process measures by its own steady clock, so the clocks of two
 * machines are never compared and may jump.
 *
 * @param beat from one change of the file to the next
 * @param silence many beats
 */
record Lease(Duration beat, Duration silence) {
  /** A network file system may show a time of a file that is a minute old. */
  static final Lease USUAL = new Lease(Duration.ofSeconds(10), Duration.ofMinutes(2));
}
