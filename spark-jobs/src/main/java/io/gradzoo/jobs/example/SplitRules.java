package io.gradzoo.jobs.example;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import io.gradzoo.datasets.split.RunGroups;
import io.gradzoo.datasets.split.RunSplit;
import io.gradzoo.datasets.split.Split;
import io.gradzoo.datasets.split.StratifiedSplit;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.transformer.Architectures;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.TableStore;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/** Finds in which split the members of a zoo are, as a config wants them divided. */
final class SplitRules {
  /** Strata of accuracy: a fifth of the runs each. */
  private static final int LEVELS = 5;

  private final String zoo;
  private final RunSplit shares;
  private final List<DividedMember> members;

  /** What decides the split of a member; what is not there is null. */
  private record DividedMember(
      String id, String run, String weights, String architecture, Double accuracy, String split)
      implements Serializable {
    static DividedMember of(Row row) {
      return new DividedMember(
          row.getString(0),
          row.getString(1),
          row.getString(2),
          row.getString(3),
          row.isNullAt(4) ? null : row.getDouble(4),
          row.getString(5));
    }
  }

  private SplitRules(String zoo, GradzooConfig config, List<DividedMember> members) {
    this.zoo = zoo;
    this.shares =
        new RunSplit(config.seed(), config.splits().train(), config.splits().validation());
    this.members = members;
  }

  /**
   * The rule of a zoo, which is a function of its healthy members.
   *
   * @throws GradzooException exit code 3 if the published splits are asked for and there are none,
   *     or they divide a run
   */
  static SplitRule of(TableStore store, String zoo, GradzooConfig config) {
    List<DividedMember> members =
        store
            .read(zoo, MembersTable.SCHEMA)
            .where(MembersTable.healthy())
            .select(
                col(MembersTable.MEMBER_ID),
                col(MembersTable.RUN_ID),
                when(col(MembersTable.EPOCH).equalTo(0), null)
                    .otherwise(col(MembersTable.PARAMETERS_SHA256)),
                col(MembersTable.ARCHITECTURE),
                col(MembersTable.TEST_ACCURACY),
                col(MembersTable.PUBLISHED_SPLIT))
            .javaRDD()
            .map(DividedMember::of)
            .collect();
    SplitRules rules = new SplitRules(zoo, config, members);
    return switch (config.splits().by()) {
      case PUBLISHED -> rules.published();
      case HASH -> rules.hashed();
      case STRATA -> rules.stratified();
    };
  }

  /** Runs by their hashes; of those with equal weights that of the first counts. */
  private SplitRule hashed() {
    Map<String, String> moved = groups();
    moved.entrySet().removeIf(entry -> entry.getKey().equals(entry.getValue()));
    return new SplitRule(MembersTable.RUN_ID, shares, moved, Map.of(), false);
  }

  private SplitRule stratified() {
    Map<String, String> groups = groups();
    Map<String, List<DividedMember>> byGroup =
        members.stream().collect(Collectors.groupingBy(each -> groups.get(each.run)));
    Map<String, Integer> levels = levels(byGroup);
    Map<String, String> strata = new HashMap<>();
    byGroup.forEach((group, own) -> strata.put(group, activation(own) + " " + levels.get(group)));
    return new SplitRule(
        MembersTable.RUN_ID, shares, groups, StratifiedSplit.of(shares, strata), true);
  }

  private SplitRule published() {
    Map<String, Split> listed = new HashMap<>();
    Map<String, String> runs = new HashMap<>();
    for (DividedMember member : members) {
      if (member.split != null) {
        listed.put(member.id, Split.valueOf(member.split.toUpperCase(Locale.ROOT)));
        String other = runs.put(member.run, member.split);
        if (other != null && !other.equals(member.split)) {
          throw fault("each run in one split", "run " + member.run + " in two");
        }
      }
    }
    if (listed.isEmpty()) {
      throw fault("members with published splits", "none");
    }
    return new SplitRule(MembersTable.MEMBER_ID, shares, Map.of(), listed, true);
  }

  private Map<String, String> groups() {
    RunGroups groups = new RunGroups();
    members.forEach(
        member -> groups.add(member.run, member.weights == null ? member.id : member.weights));
    return groups.all();
  }

  /** The first of the activations of a group's networks. */
  private static String activation(List<DividedMember> group) {
    return group.stream()
        .map(member -> Architectures.parse(member.architecture).activation().name())
        .sorted()
        .findFirst()
        .orElseThrow();
  }

  /** Which fifth of the groups, in the order of their best accuracy, each is in. */
  private static Map<String, Integer> levels(Map<String, List<DividedMember>> byGroup) {
    Map<String, Double> best = new TreeMap<>();
    byGroup.forEach(
        (group, own) ->
            best.put(
                group,
                own.stream()
                    .mapToDouble(member -> member.accuracy == null ? -1 : member.accuracy)
                    .max()
                    .orElse(-1)));
    List<String> inOrder = new ArrayList<>(best.keySet());
    inOrder.sort(Comparator.comparing(best::get));
    Map<String, Integer> levels = new HashMap<>();
    for (int i = 0; i < inOrder.size(); i++) {
      levels.put(inOrder.get(i), (int) ((long) LEVELS * i / inOrder.size()));
    }
    return levels;
  }

  private GradzooException fault(String expected, String found) {
    return GradzooException.data(
        Fault.of("splits.by = published")
            .at(MembersTable.SCHEMA.in(zoo))
            .expected(expected)
            .found(found)
            .fix("import the zoo with its split file, or set splits.by = hash"));
  }
}
