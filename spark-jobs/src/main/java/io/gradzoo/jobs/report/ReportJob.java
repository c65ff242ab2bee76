package io.gradzoo.jobs.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.kernel.CpuKernels;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.OutputFolder;
import io.gradzoo.jobs.code.Build;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.curvature.CurvatureStudy;
import io.gradzoo.jobs.curvature.Study;
import io.gradzoo.jobs.evaluation.Evaluation;
import io.gradzoo.jobs.gradients.GradientComputation;
import io.gradzoo.jobs.report.block.Numbers;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.session.JobDescription;
import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.MemberStatus;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.TableId;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.task.MetanetworkTask;
import io.gradzoo.jobs.task.ModelResults;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Job: gathers a zoo, its evaluated models and where the time went into one self-contained HTML
 * page.
 */
public final class ReportJob implements Job<WrittenReport> {
  private final List<RunDirectory> studies;

  /** The report of a zoo. */
  public ReportJob() {
    this(List.of());
  }

  /**
   * The report of a zoo, and of studies of other zoos beside it.
   *
   * @param studies their run directories
   */
  public ReportJob(List<RunDirectory> studies) {
    this.studies = List.copyOf(studies);
  }

  /**
   * Writes the page {@code <reports>/<zoo>.html}.
   *
   * @throws GradzooException exit code 3 if no model of the config was evaluated and there is no
   *     study, a run is of another config or was evaluated on other members than stand in the zoo,
   *     or something cannot be read or written
   */
  @Override
  public WrittenReport run(JobContext context) {
    GradzooConfig config = context.config();
    OutputFolder folder = folder(config);
    Path path = Path.of(config.storage().reports(), config.zoo().name() + ".html");
    ReportPage page = ReportPage.begin(folder, path);
    List<RunDirectory> runs = evaluated(config);
    Report report =
        JobDescription.during(
            context.session(), "report of " + config.zoo().name(), () -> gather(context, runs));
    page.write(HtmlReport.render(report));
    return new WrittenReport(path.toAbsolutePath());
  }

  /** The folder of the pages of a config. */
  public static OutputFolder folder(GradzooConfig config) {
    return new OutputFolder("report", Path.of(config.storage().reports()), "storage.reports");
  }

  private static List<RunDirectory> evaluated(GradzooConfig config) {
    List<RunDirectory> runs =
        config.models().keySet().stream()
            .map(model -> RunDirectory.of(config.storage().runs(), config.zoo().name(), model))
            .filter(run -> run.has(Evaluation.FILE))
            .toList();
    if (runs.isEmpty() && !CurvatureStudy.directory(config).has(Study.FILE)) {
      throw GradzooException.data(
          Fault.of("report")
              .at(config.storage().runs())
              .expected("an evaluated run of " + config.zoo().name())
              .found("none")
              .fix("gradzoo train, then gradzoo evaluate"));
    }
    return runs;
  }

  private Report gather(JobContext context, List<RunDirectory> runs) {
    GradzooConfig config = context.config();
    List<Report.StageTime> stages = new ArrayList<>();
    addStage(context, stages, "zoo generate", MembersTable.SCHEMA.in(config.zoo().name()));
    addStage(
        context, stages, "gradients compute", GradientSetsTable.SCHEMA.in(config.zoo().name()));
    List<Report.ModelResult> metanetworks = new ArrayList<>();
    for (RunDirectory run : runs) {
      Evaluation evaluation = evaluation(run);
      CurrentRun.require(context, run, evaluation);
      metanetworks.add(run.consistently(() -> metanetwork(config, run)));
      addStage(stages, "train " + evaluation.model(), run.trainingSeconds());
      double baselines =
          evaluation.scores().stream().skip(1).mapToDouble(score -> score.seconds()).sum();
      addStage(stages, "baselines of " + evaluation.model(), baselines);
    }
    return new Report(
        config.zoo().name() + ": metanetworks that predict " + task(config),
        metanetworks,
        studies(config).stream().map(run -> StudyCurves.of(context, run)).toList(),
        NetworkDetails.read(
            context.tables(),
            config.zoo().name(),
            metanetworks.stream().flatMap(model -> model.blocks().stream()).toList()),
        zoo(context),
        stages,
        facts(context),
        new Report.Config(config.effective().json(), config.effective().hash()));
  }

  private static String task(GradzooConfig config) {
    return config.models().values().stream()
        .map(model -> model.task().subject())
        .distinct()
        .collect(Collectors.joining(" and "));
  }

  private List<RunDirectory> studies(GradzooConfig config) {
    List<RunDirectory> all = new ArrayList<>();
    RunDirectory own = CurvatureStudy.directory(config);
    if (own.has(Study.FILE)) {
      all.add(own);
    }
    all.addAll(studies);
    return all;
  }

  private static Report.ModelResult metanetwork(GradzooConfig config, RunDirectory run) {
    Evaluation evaluation = evaluation(run);
    MetanetworkTask task = config.model(evaluation.model()).orElseThrow().task();
    return Report.ModelResult.of(
        new ModelResults(
            evaluation.model()
                + (evaluation.onOtherMembers() ? ", on other members than it was trained on" : ""),
            evaluation.target(),
            evaluation.unit(),
            evaluation.scores(),
            evaluation.predictions(),
            run.rounds(),
            file -> run.has(file) ? Optional.of(run.read(file)) : Optional.empty()),
        config.choices().tasks().section(task));
  }

  private static Evaluation evaluation(RunDirectory run) {
    return Evaluation.parse(run.place(Evaluation.FILE), run.read(Evaluation.FILE));
  }

  private static Report.ZooSummary zoo(JobContext context) {
    Dataset<Row> members =
        context.tables().read(context.config().zoo().name(), MembersTable.SCHEMA);
    Map<String, Integer> byStatus = new TreeMap<>();
    members
        .groupBy(MembersTable.STATUS)
        .agg(count("*").as("members"))
        .collectAsList()
        .forEach(row -> byStatus.put(row.getString(0), (int) row.getLong(1)));
    Map<String, List<Double>> byGroup = new TreeMap<>();
    members
        .where(MembersTable.healthy())
        .where(col(MembersTable.TEST_ACCURACY).isNotNull())
        .orderBy(MembersTable.MEMBER_ID)
        .select(MembersTable.FAMILY, MembersTable.ARCHITECTURE, MembersTable.TEST_ACCURACY)
        .collectAsList()
        .forEach(
            row ->
                byGroup
                    .computeIfAbsent(
                        row.getString(0) + ", " + row.getString(1).split(":", 2)[0],
                        k -> new ArrayList<>())
                    .add(row.getDouble(2)));
    return new Report.ZooSummary(
        byGroup.entrySet().stream()
            .map(group -> new Report.AccuracyGroup(group.getKey(), group.getValue()))
            .toList(),
        byStatus.getOrDefault(MemberStatus.OK.id(), 0),
        byStatus.getOrDefault(MemberStatus.DIVERGED.id(), 0),
        byStatus.getOrDefault(MemberStatus.FAILED.id(), 0));
  }

  private static List<Report.Fact> facts(JobContext context) {
    List<Report.Fact> facts = new ArrayList<>(environment(context));
    TableId sets = GradientSetsTable.SCHEMA.in(context.config().zoo().name());
    if (context.tables().exists(sets)) {
      int excluded = GradientComputation.excluded(context.tables().describe(sets).properties());
      facts.add(new Report.Fact("Members without gradient sets", Numbers.count(excluded)));
    }
    return facts;
  }

  private static List<Report.Fact> environment(JobContext context) {
    return List.of(
        new Report.Fact("Gradzoo", Build.current().toString()),
        new Report.Fact("Spark", context.session().version()),
        new Report.Fact("Master", context.session().sparkContext().master()),
        new Report.Fact("JDK", Runtime.version().toString()),
        new Report.Fact("Kernels", CpuKernels.best().name()),
        new Report.Fact("Seed", Long.toString(context.config().seed())));
  }

  private static void addStage(
      JobContext context, List<Report.StageTime> stages, String name, TableId table) {
    if (context.tables().exists(table)) {
      TableProperties properties = context.tables().describe(table).properties();
      addStage(stages, name, properties.seconds());
    }
  }

  private static void addStage(List<Report.StageTime> stages, String name, double seconds) {
    if (!Double.isNaN(seconds)) {
      stages.add(new Report.StageTime(name, seconds));
    }
  }
}
