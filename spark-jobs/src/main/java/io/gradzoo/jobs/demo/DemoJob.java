package io.gradzoo.jobs.demo;

import io.gradzoo.jobs.CodeVersion;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.curvature.CurvatureStudy;
import io.gradzoo.jobs.curvature.Study;
import io.gradzoo.jobs.evaluation.Evaluation;
import io.gradzoo.jobs.evaluation.EvaluationJob;
import io.gradzoo.jobs.evaluation.EvaluationTable;
import io.gradzoo.jobs.gradients.GradientComputation;
import io.gradzoo.jobs.report.ReportJob;
import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.TableId;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.training.RunDirectory;
import io.gradzoo.jobs.training.TrainedModel;
import io.gradzoo.jobs.training.TrainingJob;
import io.gradzoo.jobs.zoo.ZooGeneration;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Job: the whole way of the data, once: zoo, gradient sets, training, evaluation, studies, report.
 * What an earlier run of the same config has finished is kept, so an interrupted run is simply
 * started again.
 */
public final class DemoJob implements Job {
  private final Function<String, GradzooConfig> presets;

  /**
   * @param presets loads the config of a preset
   */
  public DemoJob(Function<String, GradzooConfig> presets) {
    this.presets = presets;
  }

  /**
   * Runs what is missing and prints the report's path.
   *
   * @throws GradzooException with the exit code of the stage that failed
   */
  @Override
  public void run(JobContext context) {
    GradzooConfig config = context.config();
    String zoo = config.zoo().name();
    prepareFolders(config);
    context.tables().begin(MembersTable.SCHEMA.in(zoo));
    makeTables(context);
    for (ModelConfig model : config.models().values()) {
      RunDirectory run = RunDirectory.of(config.storage().runs(), zoo, model.name());
      if (!upToDate(context, run, model)) {
        new TrainingJob(model.name()).run(context);
      }
      if (run.has(Evaluation.FILE)) {
        String name = run.path().resolve(Evaluation.FILE).toString();
        EvaluationTable.print(Evaluation.parse(name, run.read(Evaluation.FILE)), context.out());
      } else {
        new EvaluationJob(run).run(context);
      }
    }
    List<RunDirectory> studies = new ArrayList<>();
    if (config.demoStudy().isPresent()) {
      GradzooConfig study = presets.apply(config.demoStudy().get()).withStorage(config.storage());
      studies.add(
          study(new JobContext(study, context.tables(), context.progress(), context.out())));
    }
    new ReportJob(studies).run(context);
  }

  private static RunDirectory study(JobContext context) {
    GradzooConfig config = context.config();
    RunDirectory run = CurvatureStudy.directory(config);
    byte[] effective = config.effective().json().getBytes(StandardCharsets.UTF_8);
    makeTables(context);
    if (run.has(Study.FILE) && Arrays.equals(run.read(RunDirectory.CONFIG), effective)) {
      context.progress().note(run.path() + ": up to date");
    } else {
      new CurvatureStudy().run(context);
    }
    return run;
  }

  private static void makeTables(JobContext context) {
    GradzooConfig config = context.config();
    String zoo = config.zoo().name();
    if (!upToDate(context, MembersTable.SCHEMA.in(zoo), config.effective().zooHash())) {
      new ZooGeneration().run(context);
    }
    if (!upToDate(context, GradientSetsTable.SCHEMA.in(zoo), config.effective().gradientsHash())) {
      new GradientComputation().run(context);
    }
  }

  private static void prepareFolders(GradzooConfig config) {
    for (String model : config.models().keySet()) {
      RunDirectory.of(config.storage().runs(), config.zoo().name(), model).prepare();
    }
    ReportJob.folder(config).prepare();
  }

  private static boolean upToDate(JobContext context, TableId table, String hash) {
    if (!context.tables().exists(table)) {
      return false;
    }
    TableProperties properties = context.tables().describe(table).properties();
    boolean same =
        properties.configHash().equals(hash)
            && properties.codeVersion().equals(CodeVersion.current());
    if (same) {
      context.progress().note(table + ": up to date");
    }
    return same;
  }

  private static boolean upToDate(JobContext context, RunDirectory run, ModelConfig model) {
    if (!run.has(RunDirectory.MODEL)) {
      return false;
    }
    boolean same = TrainedModel.hash(run).equals(context.config().effective().modelHash(model));
    if (same) {
      context.progress().note(run.path() + ": up to date");
    }
    return same;
  }
}
