package io.gradzoo.jobs.finetune;

import static org.apache.spark.sql.functions.col;

import io.gradzoo.engine.editing.ImageSupply;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.code.CodeVersion;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.config.ZooConfig;
import io.gradzoo.jobs.example.SelectedMembers;
import io.gradzoo.jobs.finetune.DerivedZoo.DerivedRows;
import io.gradzoo.jobs.gradients.OtherCode;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.run.TrainedModel;
import io.gradzoo.jobs.session.JobDescription;
import io.gradzoo.jobs.table.FineTunedTable;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.PrimitiveRows;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.table.TableStore;
import io.gradzoo.jobs.zoo.ShownImages;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Job: a trained model changes the members of a zoo that it can read, and what they become is
 * published as a zoo of its own, with a table of where each comes from and how good it was and is.
 * The zoo that is read stays as it is.
 */
public final class FineTuning implements Job<FineTunedZoo> {
  private static final String PARENT = "fine-tuned-from";
  private static final int ROW_BYTES = 700;

  private final RunDirectory run;
  private final Optional<String> zoo;
  private final Optional<String> into;
  private final EditRule rule;

  /**
   * @param run of a trained model
   * @param zoo whose members are changed; else that of the run
   * @param into name of the zoo that they become; else that of the other with {@code _tuned}
   * @param rule how far they go, and which of them stay as they are
   * @throws GradzooException exit code 2 if one of these is no zoo's name
   */
  public FineTuning(RunDirectory run, Optional<String> zoo, Optional<String> into, EditRule rule) {
    this.run = run;
    this.zoo = zoo;
    this.into = into;
    this.rule = rule;
    requireName("--zoo", zoo);
    requireName("--into", into);
  }

  private static void requireName(String option, Optional<String> name) {
    name.filter(text -> !ZooConfig.named(text))
        .ifPresent(
            text -> {
              throw GradzooException.usage(
                  Fault.of("finetune").at(option).expected(ZooConfig.NAMES).found("\"%s\"", text));
            });
  }

  /**
   * Changes and publishes.
   *
   * @throws GradzooException exit code 2 if the model changes no networks or the zoo would replace
   *     itself; 3 if run or zoo are missing, damaged or do not fit each other, or another zoo than
   *     one of the same origin stands where the result goes
   */
  @Override
  public FineTunedZoo run(JobContext context) {
    OperatorRun operator = OperatorRun.load(run, context);
    TrainedModel model = operator.model();
    rule.require(operator.editing());
    String parent = zoo.orElse(operator.zoo());
    String result = into.orElse(parent + "_tuned");
    TableStore store = context.tables();
    DerivedZoo tuned = new DerivedZoo("finetune", PARENT, parent, result);
    tuned.requirePlace(store);
    Dataset<Row> members = members(store, model.model(), parent);
    operator.requireTrainedOn(MembersTable.SCHEMA.in(parent), architectures(members));
    OtherCode.noteTables(context, parent, model.model());
    ImageSupply images = ShownImages.ofTest(context, model.config(), parent);
    store.begin(FineTunedTable.SCHEMA.in(result));
    store.begin(MembersTable.SCHEMA.in(result));
    return JobDescription.during(
        context.session(),
        "finetune " + parent + " into " + result,
        () -> publish(context, operator, members, images, tuned));
  }

  private static Dataset<Row> members(TableStore store, ModelConfig model, String zoo) {
    return store
        .read(zoo, MembersTable.SCHEMA)
        .where(MembersTable.healthy())
        .where(SelectedMembers.of(model).rows());
  }

  private static List<String> architectures(Dataset<Row> members) {
    return members.select(MembersTable.ARCHITECTURE).distinct().collectAsList().stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  private FineTunedZoo publish(
      JobContext context,
      OperatorRun operator,
      Dataset<Row> members,
      ImageSupply images,
      DerivedZoo tuned) {
    TableStore store = context.tables();
    String parent = tuned.parent();
    TrainedModel model = operator.model();
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(context.session().sparkContext());
    TableProperties before = store.describe(MembersTable.SCHEMA.in(parent)).properties();
    String code =
        CodeVersion.of(
            List.of(FineTuning.class, model.model().kind().getClass()),
            List.of(model.codeVersion(), before.codeVersion()));
    MemberEdits edits =
        new MemberEdits(
            Operator.of(spark, model, images),
            rule,
            MemberMasks.of(spark, store, parent),
            new MemberEdits.EditOrigin(parent, operator.identity(), code));
    JavaRDD<MemberEdits.Edited> edited =
        PrimitiveRows.of(members.orderBy(col(MembersTable.MEMBER_ID)))
            .mapPartitions(edits::apply)
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      FineTunedZoo.EditTotals totals = FineTunedZoo.EditTotals.of(edited);
      TableProperties properties =
          TableProperties.of(operator.identity(), code)
              .madeWith(model.config().effective().json())
              .with(PARENT, parent)
              .with("parent-version", store.version(MembersTable.SCHEMA.in(parent)))
              .with("operator", model.model().name())
              .with("rule", rule.words(operator.editing()));
      SparkSession session = context.session();
      tuned.write(
          store,
          new DerivedRows(
              FineTunedTable.SCHEMA,
              session.createDataFrame(
                  edited.map(each -> each.row().toRow()), FineTunedTable.SCHEMA.columns()),
              session.createDataFrame(
                  edited.map(MemberEdits.Edited::member), MembersTable.SCHEMA.columns()),
              totals.bytes() + ROW_BYTES),
          properties,
          before);
      long all = store.read(parent, MembersTable.SCHEMA).where(MembersTable.healthy()).count();
      return new FineTunedZoo(parent, tuned.name(), all, totals);
    } finally {
      edited.unpersist();
    }
  }
}
