package io.gradzoo.jobs.example;

import static io.gradzoo.jobs.table.GradientSetsTable.GRADIENT_SET_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;

import io.gradzoo.datasets.split.Split;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.transformer.Architectures;
import io.gradzoo.engine.training.Example;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.model.GradientInput;
import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.LayerFactorsTable;
import io.gradzoo.jobs.table.LayerMomentsTable;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.PrimitiveRows;
import io.gradzoo.jobs.table.StoredWeights;
import io.gradzoo.jobs.table.TableSchema;
import io.gradzoo.jobs.table.TableStore;
import io.gradzoo.jobs.task.MetanetworkTask;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.util.LongAccumulator;
import scala.collection.JavaConverters;

/** Reads the tables of a zoo as examples of a task, each with its run's split. */
final class ExampleSource {
  /** Name of Spark's accumulator of the examples that were made of rows. */
  static final String DECODED = "examples decoded";

  private final TableStore store;
  private final String zoo;
  private final GradzooConfig config;

  /** Null until it is asked for: it is read of the members. */
  private SplitRule splits;

  ExampleSource(TableStore store, String zoo, GradzooConfig config) {
    this.store = store;
    this.zoo = zoo;
    this.config = config;
  }

  private SplitRule splits() {
    if (splits == null) {
      splits = SplitRules.of(store, zoo, config);
    }
    return splits;
  }

  /**
   * Flat weights of the healthy members, with the targets of a task.
   *
   * @param wanted splits; members of others are not decoded
   */
  JavaRDD<LabelledExample> weights(
      SelectedMembers members, MetanetworkTask task, Set<Split> wanted) {
    List<String> columns =
        new ArrayList<>(
            List.of(
                MembersTable.MEMBER_ID,
                MembersTable.RUN_ID,
                MembersTable.ARCHITECTURE,
                MembersTable.PARAMETERS,
                MembersTable.PARAMETERS_SHA256));
    columns.addAll(task.memberColumns());
    Dataset<Row> query =
        store
            .read(zoo, MembersTable.SCHEMA)
            .where(MembersTable.healthy())
            .where(members.rows())
            .select(columns.stream().distinct().map(functions::col).toArray(Column[]::new));
    return decoded(
        withTargets(query, members, task),
        wanted,
        task,
        (row, architecture) -> ExampleParts.ofWeights(StoredWeights.of(row)));
  }

  /**
   * Refuses gradient sets whose tables do not belong together, or that are not of the members'
   * weights: a zoo was made again, or its gradient sets only in part.
   *
   * @throws GradzooException exit code 3
   */
  void requireFreshGradients() {
    String sets = configHash(GradientSetsTable.SCHEMA);
    if (!sets.equals(configHash(LayerFactorsTable.SCHEMA))) {
      throw stale("factors of the gradient sets that stand beside them", "others");
    }
    Dataset<Row> members = store.read(zoo, MembersTable.SCHEMA);
    long orphans =
        store
            .read(zoo, GradientSetsTable.SCHEMA)
            .join(
                members.select(MembersTable.MEMBER_ID, MembersTable.PARAMETERS_SHA256),
                JavaConverters.asScalaBuffer(
                        List.of(MembersTable.MEMBER_ID, MembersTable.PARAMETERS_SHA256))
                    .toSeq(),
                "left_anti")
            .count();
    if (orphans > 0) {
      throw stale("gradient sets of the weights in members", orphans + " of others");
    }
  }

  /** The members that a model reads, by split. */
  MemberSplits members(ModelConfig model) {
    return new MemberRows(store, zoo, splits(), model).split();
  }

  /** The runs of these members, by split. */
  SplitRuns runs(ModelConfig model) {
    return new MemberRows(store, zoo, splits(), model).runs();
  }

  /** The versions of tables that stand there, one line each. */
  List<String> versions(List<TableSchema> tables) {
    return tables.stream()
        .map(schema -> schema.in(zoo))
        .map(table -> table + ": " + store.version(table))
        .toList();
  }

  List<String> codeVersions(List<TableSchema> tables) {
    return tables.stream()
        .map(schema -> store.describe(schema.in(zoo)).properties().codeVersion())
        .toList();
  }

  private String configHash(TableSchema schema) {
    return store.describe(schema.in(zoo)).properties().configHash();
  }

  private GradzooException stale(String expected, String found) {
    return GradzooException.data(
        Fault.of("read " + LayerFactorsTable.SCHEMA.in(zoo))
            .expected(expected)
            .found(found)
            .fix("run gradzoo gradients compute"));
  }

  /**
   * Inputs from the members' gradient sets, not standardised, with the targets of a task.
   *
   * @param wanted splits; members of others are not decoded
   */
  JavaRDD<LabelledExample> gradients(
      SelectedMembers members, MetanetworkTask task, GradientInput input, Set<Split> wanted) {
    StoredInput stored = new StoredInput(input);
    Dataset<Row> factors =
        store
            .read(zoo, LayerFactorsTable.SCHEMA)
            .groupBy(LayerFactorsTable.GRADIENT_SET_ID)
            .agg(sort_array(collect_list(cells(input))).as(StoredInput.LAYERS));
    Dataset<Row> sets = sets(GradientSetsTable.INPUT, members).join(factors, GRADIENT_SET_ID);
    if (input.usesWeights()) {
      sets =
          sets.join(
              store
                  .read(zoo, MembersTable.SCHEMA)
                  .select(MembersTable.MEMBER_ID, MembersTable.PARAMETERS),
              MembersTable.MEMBER_ID);
    }
    return decoded(withTargets(sets, members, task), wanted, task, stored::read);
  }

  /** Takes what a model reads out of a row. */
  @FunctionalInterface
  private interface PartsReader extends Serializable {
    /**
     * @throws IllegalArgumentException if it holds something else than expected
     */
    ExampleParts read(Row row, Architecture architecture);
  }

  /** Examples of the rows of the wanted splits, each made once. */
  private JavaRDD<LabelledExample> decoded(
      Dataset<Row> query, Set<Split> wanted, MetanetworkTask task, PartsReader reader) {
    SplitRule split = splits();
    Set<Split> own = Set.copyOf(wanted);
    String name = zoo;
    LongAccumulator made = store.session().sparkContext().longAccumulator(DECODED);
    return PrimitiveRows.where(
            query, split.column(), id -> split.splitOf(id).filter(own::contains).isPresent())
        .map(
            row -> {
              made.add(1);
              return new LabelledExample(
                  split.splitOf(row.<String>getAs(split.column())).orElseThrow(),
                  made(name, row, task, reader));
            });
  }

  private static Example made(String zoo, Row row, MetanetworkTask task, PartsReader reader) {
    try {
      Architecture architecture = Architectures.parse(row.getAs(MembersTable.ARCHITECTURE));
      return new Example(
          row.getAs(MembersTable.MEMBER_ID),
          architecture,
          reader.read(row, architecture).requireFinite(),
          task.targets(new StoredMeasurements(row, architecture)));
    } catch (IllegalArgumentException e) {
      throw GradzooException.data(
          withFix(
              Fault.of("read examples")
                  .at("zoo %s", zoo)
                  .at("member " + row.<String>getAs(MembersTable.MEMBER_ID))
                  .because(e)),
          e);
    }
  }

  private static Fault withFix(Fault fault) {
    return fault.fix().isEmpty() ? fault.fix("make the zoo's tables again") : fault;
  }

  /** Rows of members or of their gradient sets, with the columns that targets are read from. */
  private Dataset<Row> withTargets(
      Dataset<Row> rows, SelectedMembers members, MetanetworkTask task) {
    Set<String> known = Set.of(rows.columns());
    List<Column> missing =
        task.memberColumns().stream()
            .filter(column -> !known.contains(column))
            .map(functions::col)
            .toList();
    Dataset<Row> complete = rows;
    if (!missing.isEmpty()) {
      List<Column> columns = new ArrayList<>(missing);
      columns.add(col(MembersTable.MEMBER_ID));
      complete =
          rows.join(
              store.read(zoo, MembersTable.SCHEMA).select(columns.toArray(Column[]::new)),
              MembersTable.MEMBER_ID);
    }
    return task.usesTargetSets()
        ? complete.join(targets(members), MembersTable.MEMBER_ID)
        : complete;
  }

  /** The columns that are read from a row of factors; those that order the rows come first. */
  private static Column cells(GradientInput input) {
    return input.usesTokens()
        ? struct(
            LayerFactorsTable.LAYER,
            LayerFactorsTable.SAMPLE_OFFSET,
            LayerFactorsTable.A,
            LayerFactorsTable.G,
            LayerFactorsTable.IDS)
        : struct(
            LayerFactorsTable.LAYER,
            LayerFactorsTable.SAMPLE_OFFSET,
            LayerFactorsTable.A,
            LayerFactorsTable.G);
  }

  private Dataset<Row> sets(String role, SelectedMembers members) {
    return store
        .read(zoo, GradientSetsTable.SCHEMA)
        .where(col(GradientSetsTable.ROLE).equalTo(lit(role)))
        .where(members.rows());
  }

  /** The moments of every member's target set, by layer. */
  private Dataset<Row> targets(SelectedMembers members) {
    Dataset<Row> moments =
        store
            .read(zoo, LayerMomentsTable.SCHEMA)
            .groupBy(GRADIENT_SET_ID)
            .agg(
                sort_array(
                        collect_list(
                            struct(
                                LayerMomentsTable.LAYER,
                                LayerMomentsTable.MEAN_DW2,
                                LayerMomentsTable.MEAN_DB2)))
                    .as(StoredMeasurements.MOMENTS));
    return sets(GradientSetsTable.TARGET, members)
        .join(moments, GRADIENT_SET_ID)
        .select(MembersTable.MEMBER_ID, StoredMeasurements.MOMENTS);
  }
}
