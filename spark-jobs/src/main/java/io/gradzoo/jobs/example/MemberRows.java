package io.gradzoo.jobs.example;

import static org.apache.spark.sql.functions.col;

import io.gradzoo.datasets.split.ContentHash;
import io.gradzoo.datasets.split.RunSplit;
import io.gradzoo.datasets.split.Split;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.TableContentHash;
import io.gradzoo.jobs.table.TableStore;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows that tell the members that a model reads from others, without their numbers.
 *
 * @param store of the tables
 * @param zoo whose members they are
 * @param splits of the runs
 * @param model that reads them
 */
record MemberRows(TableStore store, String zoo, RunSplit splits, ModelConfig model) {
  private static final Column[] OF_MEMBERS = {
    col(MembersTable.MEMBER_ID),
    col(MembersTable.RUN_ID),
    col(MembersTable.ARCHITECTURE),
    col(MembersTable.PARAMETERS_SHA256),
    col(MembersTable.TEST_ACCURACY)
  };
  private static final Column[] OF_SETS = {
    col(GradientSetsTable.GRADIENT_SET_ID),
    col(GradientSetsTable.MEMBER_ID),
    col(GradientSetsTable.RUN_ID),
    col(GradientSetsTable.ARCHITECTURE),
    col(GradientSetsTable.PARAMETERS_SHA256),
    col(GradientSetsTable.TEST_ACCURACY),
    col(GradientSetsTable.ROLE),
    col(GradientSetsTable.LOSS),
    col(GradientSetsTable.SIGNAL_KIND),
    col(GradientSetsTable.OUTPUT),
    col(GradientSetsTable.SIGNAL_SEED).cast("bigint").as(GradientSetsTable.SIGNAL_SEED),
    col(GradientSetsTable.SAMPLES)
  };

  /** The members by split, with a hash of their rows. */
  MemberSplits split() {
    List<Identity> all = identities();
    return new MemberSplits(
        part(all, Split.TRAIN), part(all, Split.VALIDATION), part(all, Split.TEST));
  }

  /** The runs that have members which the model reads, by split. */
  SplitRuns runs() {
    List<String> runs =
        members().javaRDD().map(row -> row.<String>getAs(MembersTable.RUN_ID)).distinct().collect();
    return SplitRuns.of(splits, runs);
  }

  private static MemberSplits.Part part(List<Identity> all, Split split) {
    List<Identity> own = all.stream().filter(each -> each.split == split).toList();
    return new MemberSplits.Part(
        own.stream().filter(Identity::example).count(),
        ContentHash.ofRows(own.stream().map(Identity::hash).toList()));
  }

  private List<Identity> identities() {
    Dataset<Row> members = members();
    if (!model.readsGradients()) {
      return identities(members, row -> true).collect();
    }
    Dataset<Row> sets =
        store
            .read(zoo, GradientSetsTable.SCHEMA)
            .where(SelectedMembers.of(model).rows())
            .select(OF_SETS);
    if (!model.task().usesTargetSets()) {
      sets = sets.where(col(GradientSetsTable.ROLE).equalTo(GradientSetsTable.INPUT));
    }
    return identities(members, row -> false)
        .union(
            identities(
                sets, row -> GradientSetsTable.INPUT.equals(row.getAs(GradientSetsTable.ROLE))))
        .collect();
  }

  private Dataset<Row> members() {
    return store
        .read(zoo, MembersTable.SCHEMA)
        .where(MembersTable.healthy())
        .where(SelectedMembers.of(model).rows())
        .select(columns());
  }

  /** The columns that tell members apart, and those that targets are read from. */
  private Column[] columns() {
    List<Column> columns = new ArrayList<>(List.of(OF_MEMBERS));
    model.task().memberColumns().stream()
        .filter(column -> !column.equals(MembersTable.TEST_ACCURACY))
        .forEach(column -> columns.add(col(column)));
    return columns.toArray(Column[]::new);
  }

  /**
   * @param example whether a row stands for an example that the model reads
   */
  private JavaRDD<Identity> identities(Dataset<Row> rows, Function<Row, Boolean> example) {
    RunSplit split = splits;
    return rows.javaRDD()
        .map(
            row ->
                new Identity(
                    split.assign(row.<String>getAs(MembersTable.RUN_ID)),
                    example.call(row),
                    TableContentHash.of(row)));
  }

  /** What tells a row from others. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Identity(Split split, boolean example, byte[] hash) implements Serializable {}
}
