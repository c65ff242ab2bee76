package io.gradzoo.jobs.zoo;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.TableId;
import io.gradzoo.jobs.table.TableStore;
import io.gradzoo.jobs.table.TableVersion;
import io.gradzoo.jobs.table.ZooVersion;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Job: what differs between two snapshots of a zoo. */
public final class CompareSnapshots implements Job<SnapshotDifference> {
  /** How many members of a kind are named. */
  private static final int NAMED = 5;

  private static final String BEFORE = "before";
  private static final String AFTER = "after";

  private final Optional<String> zoo;
  private final ZooVersion from;
  private final ZooVersion to;

  /**
   * @param zoo its name; empty for the config's
   * @param from the earlier snapshot; the newest stands for the one before the later
   * @param to the later snapshot
   */
  public CompareSnapshots(Optional<String> zoo, ZooVersion from, ZooVersion to) {
    this.zoo = zoo;
    this.from = from;
    this.to = to;
  }

  /**
   * Compares.
   *
   * @throws GradzooException exit code 2 if the store keeps no snapshots, 3 if the zoo or a
   *     snapshot is missing
   */
  @Override
  public SnapshotDifference run(JobContext context) {
    String name = zoo.orElse(context.config().zoo().name());
    TableId members = MembersTable.SCHEMA.in(name);
    TableStore store = context.tables();
    List<TableVersion> all = store.versions(members);
    TableVersion later = find(name, all, to, current(store, members, all));
    TableVersion earlier = find(name, all, from, Math.max(0, all.indexOf(later) - 1));
    if (earlier.equals(later)) {
      throw GradzooException.data(
          Fault.of("zoo diff")
              .at(members)
              .expected("two snapshots")
              .found("one, %d", later.id())
              .fix("gradzoo zoo show %s lists them", name));
    }
    Dataset<Row> joined =
        rows(store, name, earlier, BEFORE)
            .join(rows(store, name, later, AFTER), column(BEFORE).equalTo(column(AFTER)), "full");
    return new SnapshotDifference(
        name,
        earlier,
        later,
        members(joined.where(column(BEFORE).isNull()), AFTER),
        members(joined.where(column(AFTER).isNull()), BEFORE),
        members(joined.where(changed()), AFTER));
  }

  private static int current(TableStore store, TableId members, List<TableVersion> all) {
    if (all.isEmpty()) {
      store.at(new ZooVersion.OfSnapshot(0)); // which says that there are no snapshots
    }
    String current = store.version(members);
    return all.stream()
        .filter(version -> current.endsWith(" " + version.id()))
        .findFirst()
        .map(all::indexOf)
        .orElse(all.size() - 1);
  }

  private static TableVersion find(
      String zoo, List<TableVersion> all, ZooVersion wanted, int otherwise) {
    if (!(wanted instanceof ZooVersion.OfSnapshot snapshot)) {
      return all.get(otherwise);
    }
    return all.stream()
        .filter(version -> version.id() == snapshot.id())
        .findFirst()
        .orElseThrow(
            () ->
                GradzooException.data(
                    Fault.of("zoo diff")
                        .at(MembersTable.SCHEMA.in(zoo))
                        .expected("one of its %d snapshots", all.size())
                        .found(snapshot)
                        .fix("gradzoo zoo show %s lists them", zoo)));
  }

  private static Dataset<Row> rows(
      TableStore store, String zoo, TableVersion version, String alias) {
    return store
        .at(new ZooVersion.OfSnapshot(version.id()))
        .read(zoo, MembersTable.SCHEMA)
        .select(MembersTable.MEMBER_ID, MembersTable.STATUS, MembersTable.PARAMETERS_SHA256)
        .as(alias);
  }

  private static Column column(String alias) {
    return col(alias + "." + MembersTable.MEMBER_ID);
  }

  private static Column changed() {
    return column(BEFORE)
        .equalTo(column(AFTER))
        .and(differ(MembersTable.STATUS).or(differ(MembersTable.PARAMETERS_SHA256)));
  }

  private static Column differ(String column) {
    return not(col(BEFORE + "." + column).eqNullSafe(col(AFTER + "." + column)));
  }

  private static SnapshotDifference.MemberChange members(Dataset<Row> rows, String alias) {
    List<String> first =
        rows.select(column(alias)).orderBy(column(alias)).takeAsList(NAMED).stream()
            .map(row -> row.getString(0))
            .toList();
    return new SnapshotDifference.MemberChange(rows.count(), first);
  }
}
