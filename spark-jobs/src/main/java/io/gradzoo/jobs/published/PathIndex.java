package io.gradzoo.jobs.published;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds files by paths that begin elsewhere: a published list may name them from above the folder,
 * or from within it.
 */
final class PathIndex {
  private static final String SEVERAL = "";

  /** Every end of every path, and the path itself. */
  private final Map<String, String> byEnd = new HashMap<>();

  private final Map<String, String> whole = new HashMap<>();

  /**
   * @param paths relative, with slashes
   */
  PathIndex(List<String> paths) {
    for (String path : paths) {
      whole.put(path, path);
      for (String end = path; !end.isEmpty(); end = shorter(end)) {
        byEnd.merge(end, path, (one, other) -> one.equals(other) ? one : SEVERAL);
      }
    }
  }

  /**
   * The file whose path ends with this one, or this one with its path.
   *
   * @return nothing if there is none, or more than one
   */
  Optional<String> find(String path) {
    for (String end = path; !end.isEmpty(); end = shorter(end)) {
      if (whole.containsKey(end)) {
        return Optional.of(end);
      }
    }
    String clean = path.replaceFirst("^(\\./)+", "");
    return Optional.ofNullable(byEnd.get(clean)).filter(found -> !found.equals(SEVERAL));
  }

  /** The path without its first part; empty if it has but one. */
  private static String shorter(String path) {
    return path.indexOf('/') < 0 ? "" : path.substring(path.indexOf('/') + 1);
  }
}
