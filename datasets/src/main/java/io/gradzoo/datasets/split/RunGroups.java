package io.gradzoo.datasets.split;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs that must not be divided, because a member of one has the weights of a member of another. A
 * group is called as the first of its runs.
 */
public final class RunGroups {
  private final Map<String, String> before = new TreeMap<>();
  private final Map<String, String> byWeights = new HashMap<>();

  /**
   * Adds a member.
   *
   * @param run of the member
   * @param weights hash of its weights
   */
  public void add(String run, String weights) {
    before.putIfAbsent(run, run);
    String other = byWeights.putIfAbsent(weights, run);
    if (other != null) {
      join(group(run), group(other));
    }
  }

  /** The group of every run that was added, by its id. */
  public Map<String, String> all() {
    Map<String, String> groups = new TreeMap<>();
    before.keySet().forEach(run -> groups.put(run, group(run)));
    return groups;
  }

  private String group(String run) {
    String first = run;
    while (!before.get(first).equals(first)) {
      first = before.get(first);
    }
    for (String each = run; !each.equals(first); ) {
      each = before.put(each, first);
    }
    return first;
  }

  private void join(String one, String other) {
    if (one.compareTo(other) < 0) {
      before.put(other, one);
    } else {
      before.put(one, other);
    }
  }
}
