package io.gradzoo.jobs.table;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** What a process saw of the files of processes on other machines, by its own steady clock. */
final class Sightings {
  private final Duration silence;
  private final Map<Path, Sighting> seen = new HashMap<>();

  Sightings(Lease lease) {
    this.silence = lease.silence();
  }

  /** What a file says of its process. */
  enum Sign {
    /** Nothing yet. */
    UNKNOWN,
    ALIVE,
    DEAD
  }

  /**
   * Looks at a file.
   *
   * @param looked {@link System#nanoTime} before its status was read, since this process may have
   *     stood still between the two
   */
  Sign of(FileStatus file, long looked) {
    Sighting last = seen.get(file.getPath());
    if (last == null || last.time() != file.getModificationTime()) {
      seen.put(file.getPath(), new Sighting(file.getModificationTime(), System.nanoTime()));
      return last == null ? Sign.UNKNOWN : Sign.ALIVE;
    }
    return looked - last.nanos() >= silence.toNanos() ? Sign.DEAD : Sign.UNKNOWN;
  }

  /**
   * When a file was first seen with a time.
   *
   * @param time of the file, by whatever clock
   * @param nanos after it was seen
   */
  private record Sighting(long time, long nanos) {}
}
