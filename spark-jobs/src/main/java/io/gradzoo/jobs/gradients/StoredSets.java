package io.gradzoo.jobs.gradients;

import static io.gradzoo.jobs.table.GradientSetsTable.GRADIENT_SET_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;

import io.gradzoo.datasets.split.StableHash;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.LayerFactorsTable;
import io.gradzoo.jobs.table.LayerLowRankTable;
import io.gradzoo.jobs.table.LayerMomentsTable;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.ProbeSetsTable;
import io.gradzoo.jobs.table.TableSchema;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** Gradient sets with all rows that describe them, where the executors are. */
final class StoredSets {
  private static final List<Column> FACTORS =
      List.of(
          col(LayerFactorsTable.LAYER),
          col(LayerFactorsTable.SAMPLE_OFFSET),
          col(LayerFactorsTable.KIND),
          col(LayerFactorsTable.A),
          col(LayerFactorsTable.G),
          col(LayerFactorsTable.DW),
          col(LayerFactorsTable.DB),
          col(LayerFactorsTable.IDS));
  private static final List<Column> LOW_RANK =
      List.of(
          col(LayerLowRankTable.LAYER),
          col(LayerLowRankTable.SAMPLE_OFFSET),
          col(LayerLowRankTable.RANK),
          col(LayerLowRankTable.LEFT_VECTORS),
          col(LayerLowRankTable.RIGHT_VECTORS),
          col(LayerLowRankTable.DB),
          col(LayerLowRankTable.ENERGY));
  private static final List<Column> MOMENTS =
      List.of(
          col(LayerMomentsTable.LAYER),
          col(LayerMomentsTable.MEAN_DW),
          col(LayerMomentsTable.MEAN_DW2),
          col(LayerMomentsTable.MEAN_DB),
          col(LayerMomentsTable.MEAN_DB2));

  private final JobContext context;

  StoredSets(JobContext context) {
    this.context = context;
  }

  /** The sets of some members, or of all if there are fewer; which is a function of the seed. */
  JavaRDD<StoredSet> ofMembers(int members) {
    Dataset<Row> sets = rows(GradientSetsTable.SCHEMA);
    Dataset<Row> chosen =
        sets.where(col(GradientSetsTable.MEMBER_ID).isin(sample(sets, members)))
            .select(
                col(GRADIENT_SET_ID),
                col(GradientSetsTable.MEMBER_ID),
                col(GradientSetsTable.PROBE_SET_ID),
                struct("*").as(StoredSet.SET));
    List<Row> keys =
        chosen
            .select(GRADIENT_SET_ID, GradientSetsTable.MEMBER_ID, GradientSetsTable.PROBE_SET_ID)
            .collectAsList();
    Dataset<Row> complete = withOne(chosen, keys, MembersTable.SCHEMA, StoredSet.MEMBER);
    complete = withOne(complete, keys, ProbeSetsTable.SCHEMA, StoredSet.PROBE);
    Object[] ids = ids(keys, GRADIENT_SET_ID);
    complete = withAll(complete, ids, LayerFactorsTable.SCHEMA, FACTORS, StoredSet.FACTORS);
    complete = withAll(complete, ids, LayerMomentsTable.SCHEMA, MOMENTS, StoredSet.MOMENTS);
    if (hasLowRank()) {
      complete = withAll(complete, ids, LayerLowRankTable.SCHEMA, LOW_RANK, StoredSet.LOW_RANK);
    }
    int tasks = context.session().sparkContext().defaultParallelism();
    return complete.repartition(tasks, col(GRADIENT_SET_ID)).javaRDD().map(StoredSet::of);
  }

  /** With the row of another table that has the id in its first column, as one value. */
  private Dataset<Row> withOne(Dataset<Row> sets, List<Row> keys, TableSchema schema, String name) {
    String id = schema.columns().fieldNames()[0];
    Dataset<Row> rows =
        rows(schema).where(col(id).isin(ids(keys, id))).select(col(id), struct("*").as(name));
    return sets.join(rows, on(id), "left");
  }

  /** With the rows of each set in another table as a list, ordered by their first columns. */
  private Dataset<Row> withAll(
      Dataset<Row> sets, Object[] ids, TableSchema schema, List<Column> columns, String name) {
    Column row = struct(columns.toArray(Column[]::new));
    Dataset<Row> lists =
        rows(schema)
            .where(col(GRADIENT_SET_ID).isin(ids))
            .groupBy(col(GRADIENT_SET_ID))
            .agg(sort_array(collect_list(row)).as(name));
    return sets.join(lists, on(GRADIENT_SET_ID), "left");
  }

  /** The different ids in a column; readers skip files that have none of them. */
  private static Object[] ids(List<Row> keys, String column) {
    return keys.stream().map(key -> key.<String>getAs(column)).distinct().toArray();
  }

  /** Ids of the members that come first by a hash. */
  private Object[] sample(Dataset<Row> sets, int members) {
    return sets.select(GradientSetsTable.MEMBER_ID)
        .distinct()
        .javaRDD()
        .map(row -> row.getString(0))
        .takeOrdered(members, new ByHash(context.config().seed()))
        .toArray();
  }

  /** Ids by a hash that the seed decides. */
  private record ByHash(long seed) implements Comparator<String>, Serializable {
    @Override
    public int compare(String a, String b) {
      int order = Long.compare(StableHash.of(seed, a), StableHash.of(seed, b));
      return order == 0 ? a.compareTo(b) : order;
    }
  }

  /** Another setting leaves an older table standing, which is not of these sets. */
  private boolean hasLowRank() {
    return context.tables().exists(LayerLowRankTable.SCHEMA.in(zoo()))
        && configHash(LayerLowRankTable.SCHEMA).equals(configHash(GradientSetsTable.SCHEMA));
  }

  private String configHash(TableSchema schema) {
    return context.tables().describe(schema.in(zoo())).properties().configHash();
  }

  private Dataset<Row> rows(TableSchema schema) {
    return context.tables().read(zoo(), schema);
  }

  private String zoo() {
    return context.config().zoo().name();
  }

  private static Seq<String> on(String column) {
    return JavaConverters.asScalaBuffer(List.of(column)).toSeq();
  }
}
