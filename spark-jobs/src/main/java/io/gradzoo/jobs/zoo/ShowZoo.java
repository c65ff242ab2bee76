package io.gradzoo.jobs.zoo;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.StoredTable;
import io.gradzoo.jobs.table.TableId;
import io.gradzoo.jobs.table.TableStore;
import io.gradzoo.jobs.table.TableVersion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Job: what a zoo is: how it was made, what became of its members, its tables and snapshots. */
public final class ShowZoo implements Job<ZooDescription> {
  private final Optional<String> zoo;

  /**
   * @param zoo its name; empty for the config's
   */
  public ShowZoo(Optional<String> zoo) {
    this.zoo = zoo;
  }

  /**
   * Looks.
   *
   * @throws io.gradzoo.jobs.GradzooException exit code 3 if it has no members, or they cannot be
   *     read
   */
  @Override
  public ZooDescription run(JobContext context) {
    String name = zoo.orElse(context.config().zoo().name());
    TableStore store = context.tables();
    TableId members = MembersTable.SCHEMA.in(name);
    StoredTable table = store.describe(members);
    Dataset<Row> rows = store.read(name, MembersTable.SCHEMA);
    List<StoredTable> others = new ArrayList<>();
    for (TableId id : store.list()) {
      if (id.zoo().equals(name) && !id.equals(members)) {
        others.add(store.describe(id));
      }
    }
    return new ZooDescription(
        table,
        store.version(members),
        counts(rows, MembersTable.STATUS),
        counts(rows, MembersTable.ARCHITECTURE),
        epochs(rows),
        accuracies(rows),
        others,
        store.versions(members),
        used(context, name));
  }

  private static SortedMap<String, Long> counts(Dataset<Row> rows, String column) {
    SortedMap<String, Long> counts = new TreeMap<>();
    rows.groupBy(column)
        .count()
        .collectAsList()
        .forEach(row -> counts.put(String.valueOf(row.get(0)), row.getLong(1)));
    return counts;
  }

  private static List<Integer> epochs(Dataset<Row> rows) {
    return rows.agg(collect_set(col(MembersTable.EPOCH))).head().<Integer>getList(0).stream()
        .sorted()
        .toList();
  }

  private static Optional<ZooDescription.Accuracies> accuracies(Dataset<Row> rows) {
    String accuracy = MembersTable.TEST_ACCURACY;
    Row all =
        rows.where(MembersTable.healthy())
            .agg(min(col(accuracy)), avg(col(accuracy)), max(col(accuracy)))
            .head();
    return all.isNullAt(0)
        ? Optional.empty()
        : Optional.of(
            new ZooDescription.Accuracies(all.getDouble(0), all.getDouble(1), all.getDouble(2)));
  }

  /** Snapshots of the members that gradient sets or runs name. */
  private static Set<Long> used(JobContext context, String zoo) {
    Set<Long> used = new HashSet<>();
    TableId sets = GradientSetsTable.SCHEMA.in(zoo);
    if (context.tables().exists(sets)) {
      for (TableVersion version : context.tables().versions(sets)) {
        version.memberSnapshot().ifPresent(used::add);
      }
    }
    used.addAll(RunDirectory.versionsNamedIn(context.config().storage().runs()));
    return used;
  }
}
