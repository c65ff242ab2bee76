package io.gradzoo.jobs.report;

import io.gradzoo.jobs.report.block.ReportBlock;
import io.gradzoo.jobs.task.ModelResults;
import io.gradzoo.jobs.task.TaskSection;
import java.util.List;
import java.util.Optional;

/**
 * What a report says, before it is laid out. Lists may be empty; their figures are then left out.
 *
 * @param title heading, such as the name of the run
 * @param metanetworks one section each, in this order
 * @param studies of curvature estimates, one section each
 * @param networks what tooltips say of the networks that charts show
 * @param zoo the networks they were trained on
 * @param stages where the time went, in the order of work
 * @param environment what the run stood on: versions, machine, seeds
 * @param config the effective configuration
 */
public record Report(
    String title,
    List<ModelResult> metanetworks,
    List<EstimatorComparison> studies,
    NetworkDetails networks,
    ZooSummary zoo,
    List<StageTime> stages,
    List<Fact> environment,
    Config config) {
  public Report {
    metanetworks = List.copyOf(metanetworks);
    studies = List.copyOf(studies);
    stages = List.copyOf(stages);
    environment = List.copyOf(environment);
  }

  /** A report without studies. */
  public Report(
      String title,
      List<ModelResult> metanetworks,
      ZooSummary zoo,
      List<StageTime> stages,
      List<Fact> environment,
      Config config) {
    this(title, metanetworks, List.of(), NetworkDetails.NONE, zoo, stages, environment, config);
  }

  /**
   * How estimates of Fisher diagonals compare. Errors are mean squared errors in squared deviations
   * of the targets.
   *
   * @param networks test networks
   * @param curves errors by training size; one of equal errors for what learns nothing, of which
   *     the first is the standard estimator
   */
  public record EstimatorComparison(int networks, List<Curve> curves) {
    public EstimatorComparison {
      curves = List.copyOf(curves);
    }
  }

  /**
   * An estimator's errors.
   *
   * @param settingsTried settings of which one was chosen
   * @param parameters learned numbers; 0 for what learns nothing
   */
  public record Curve(String name, int settingsTried, int parameters, List<CurvePoint> points) {
    public Curve {
      points = List.copyOf(points);
    }
  }

  /** Mean, least and largest error over the seeds of a training size. */
  public record CurvePoint(int size, double mean, double least, double largest) {}

  /**
   * A trained metanetwork, as its task shows it.
   *
   * @param name its name
   * @param target what it predicts, in words, such as {@code test accuracy}
   * @param headline for the top of the page
   */
  public record ModelResult(
      String name,
      String target,
      List<ReportBlock> blocks,
      Optional<TaskSection.Headline> headline) {
    public ModelResult {
      blocks = List.copyOf(blocks);
    }

    /** The results of a model as a section of its task shows them. */
    public static ModelResult of(ModelResults results, TaskSection section) {
      return new ModelResult(
          results.name(), results.target(), section.blocks(results), section.headline(results));
    }
  }

  /**
   * The zoo.
   *
   * @param accuracies test accuracies of the usable members by group, such as an activation
   * @param ok members that were trained
   * @param diverged members whose training left the numbers
   * @param failed members whose training threw
   */
  public record ZooSummary(List<AccuracyGroup> accuracies, int ok, int diverged, int failed) {
    public ZooSummary {
      accuracies = List.copyOf(accuracies);
    }

    /** Count of members, whatever became of them. */
    public int members() {
      return ok + diverged + failed;
    }
  }

  /** Members that are drawn alike, with their test accuracies from 0 to 1. */
  public record AccuracyGroup(String name, List<Double> accuracies) {
    public AccuracyGroup {
      accuracies = List.copyOf(accuracies);
    }
  }

  /** A stage of the work and its wall-clock time. */
  public record StageTime(String name, double seconds) {}

  /** A line of the environment. */
  public record Fact(String name, String value) {}

  /** The effective configuration: its text and the hash under which artefacts name it. */
  public record Config(String text, String hash) {}
}
