package io.gradzoo.jobs.published;

import java.io.Serializable;
import java.time.Instant;

/**
 * What tells a file from what it was before, without reading it.
 *
 * @param length in bytes
 * @param modified time of its last change, in milliseconds
 */
record FileVersion(long length, long modified) implements Serializable {
  @Override
  public String toString() {
    return length + " bytes of " + Instant.ofEpochMilli(modified);
  }
}
