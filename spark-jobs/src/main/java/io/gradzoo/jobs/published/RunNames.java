package io.gradzoo.jobs.published;

import io.gradzoo.datasets.smallcnn.ZooMetricsRow;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Names of the runs and members of a published zoo. A run is named after the last part of its
 * {@code modeldir}, if all are different; else runs are numbered as they come.
 */
final class RunNames {
  private static final int LONGEST = 100;

  private final Map<String, String> runs = new LinkedHashMap<>();
  private final Map<String, Integer> members = new HashMap<>();
  private int repeated;

  RunNames(List<ZooMetricsRow> rows) {
    Set<String> last = new HashSet<>();
    rows.forEach(row -> runs.putIfAbsent(row.modeldir(), last(row.modeldir())));
    boolean distinct =
        runs.values().stream()
            .allMatch(name -> name.matches("[A-Za-z0-9_.-]{1," + LONGEST + "}") && last.add(name));
    if (!distinct) {
      int[] number = {0};
      runs.replaceAll((modeldir, name) -> String.format(Locale.ROOT, "r%06d", number[0]++));
    }
  }

  /** Count of runs. */
  int count() {
    return runs.size();
  }

  /** How many networks have the run and the step of an earlier one. */
  int repeated() {
    return repeated;
  }

  String run(ZooMetricsRow row) {
    return runs.get(row.modeldir());
  }

  /** The next member's name; one that repeats a run and a step has a number behind it. */
  String member(ZooMetricsRow row) {
    String name = String.format(Locale.ROOT, "%s-e%03d", run(row), row.step());
    int times = members.merge(name, 1, Integer::sum);
    if (times == 1) {
      return name;
    }
    repeated++;
    return name + "-" + times;
  }

  private static String last(String modeldir) {
    String[] parts = modeldir.split("/", -1);
    String name = parts[parts.length - 1];
    return name.isEmpty() && parts.length > 1 ? parts[parts.length - 2] : name;
  }
}
