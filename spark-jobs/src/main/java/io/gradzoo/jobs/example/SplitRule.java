package io.gradzoo.jobs.example;

import io.gradzoo.datasets.split.RunSplit;
import io.gradzoo.datasets.split.Split;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;

/**
 * In which split the members of a zoo are. It travels to executors.
 *
 * @param column of members and gradient sets whose text decides
 * @param shares of the runs, for what is not listed
 * @param groups of runs that are not divided: a run stands where the run stands that is named here
 * @param listed the split of each text; empty if the shares decide
 * @param whole whether what is not listed is in no split
 */
record SplitRule(
    String column,
    RunSplit shares,
    Map<String, String> groups,
    Map<String, Split> listed,
    boolean whole)
    implements Serializable {
  SplitRule {
    groups = Map.copyOf(groups);
    listed = Map.copyOf(listed);
  }

  /**
   * The split of a member.
   *
   * @param text of its column
   * @return nothing if it is in none
   */
  Optional<Split> splitOf(String text) {
    String id = groups.getOrDefault(text, text);
    if (whole || listed.containsKey(id)) {
      return Optional.ofNullable(listed.get(id));
    }
    return Optional.of(shares.assign(id));
  }
}
