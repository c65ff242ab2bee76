package io.gradzoo.jobs.table;

import org.apache.iceberg.exceptions.CleanableFailure;

/**
 * A table is not the one any more that was to be replaced. Iceberg cleans up after it, and unlike a
 * failed commit does not try it again.
 */
final class ConcurrentWriteException extends RuntimeException implements CleanableFailure {
  private static final long serialVersionUID = 1L;

  /** Seen before anything was written. */
  ConcurrentWriteException() {
    super();
  }

  ConcurrentWriteException(Throwable cause) {
    super(cause);
  }
}
