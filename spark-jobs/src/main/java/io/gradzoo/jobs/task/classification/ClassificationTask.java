package io.gradzoo.jobs.task.classification;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.training.Objective;
import io.gradzoo.engine.training.OutputDecoder;
import io.gradzoo.engine.training.TargetStatistics;
import io.gradzoo.jobs.config.block.Artefact;
import io.gradzoo.jobs.config.block.Effects;
import io.gradzoo.jobs.config.block.Section;
import io.gradzoo.jobs.prediction.Prediction;
import io.gradzoo.jobs.prediction.PredictionColumn;
import io.gradzoo.jobs.prediction.Validation;
import io.gradzoo.jobs.task.MeasuredMember;
import io.gradzoo.jobs.task.MetanetworkTask;
import io.gradzoo.jobs.task.OutputShape;
import io.gradzoo.jobs.task.OutputUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Predicts the class of a member, which stands in the column {@code label} of its zoo. How many
 * classes there are is a setting, and no count of the labels at hand: a split, a fold or a smaller
 * zoo without members of some class leaves the model as it is.
 *
 * @param classes labels are integers from 0 to one below
 * @param missing what a member without a label is
 */
public record ClassificationTask(int classes, Missing missing) implements MetanetworkTask {
  private static final String NAME = "classification";
  private static final String COLUMN = "label";
  private static final int FEWEST = 2;
  private static final int MOST = 10_000;

  /** What a member without a label is. */
  public enum Missing {
    /** No example. */
    REFUSED,
    /** Something to be asked about. */
    UNKNOWN
  }

  /** As a config names it, before a model says more. */
  public ClassificationTask() {
    this(FEWEST, Missing.REFUSED);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<String> block() {
    return Optional.of(NAME);
  }

  @Override
  public MetanetworkTask read(Section model) {
    Section section = model.section(NAME, Effects.on(Artefact.MODELS));
    int count = section.count("classes", FEWEST, MOST);
    section.finish();
    return new ClassificationTask(count, missing);
  }

  @Override
  public MetanetworkTask withoutTargets() {
    return new ClassificationTask(classes, Missing.UNKNOWN);
  }

  @Override
  public String title() {
    return COLUMN;
  }

  @Override
  public String unit() {
    return "class";
  }

  @Override
  public PredictionColumn column() {
    return PredictionColumn.ofClass(COLUMN);
  }

  @Override
  public OutputShape output() {
    return OutputShape.NUMBERS;
  }

  @Override
  public int numbers() {
    return classes;
  }

  @Override
  public List<String> memberColumns() {
    return List.of(COLUMN);
  }

  @Override
  public double[] targets(MeasuredMember member) {
    Double label = member.number(COLUMN);
    if (label == null && missing == Missing.UNKNOWN) {
      return new double[] {Double.NaN};
    }
    if (label == null) {
      throw expected()
          .found("no label")
          .fix("label all members that a model learns from")
          .exception();
    }
    boolean known = label >= 0 && label < classes;
    if (!known && missing == Missing.REFUSED) {
      throw expected()
          .found(label.intValue())
          .fix("%s.classes, if there are more", NAME)
          .exception();
    }
    return new double[] {label};
  }

  private Fault expected() {
    return Fault.here().expected("a label from 0 to %d", classes - 1);
  }

  @Override
  public Objective objective(TargetStatistics targets, OutputUnit unit) {
    return new SoftmaxLoss(classes);
  }

  @Override
  public OutputDecoder decoder(TargetStatistics targets, OutputUnit unit) {
    return new SoftmaxLoss(classes);
  }

  /** As the published classifiers of networks are chosen, by their accuracy. */
  @Override
  public double score(Validation validation) {
    return validation.accuracyThenLoss();
  }

  @Override
  public Map<String, Double> metrics(List<Prediction> test) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("accuracy", Prediction.agreement(test).accuracy());
    metrics.put(
        "cross-entropy",
        test.stream().mapToDouble(Prediction::crossEntropy).average().orElse(Double.NaN));
    return metrics;
  }
}
