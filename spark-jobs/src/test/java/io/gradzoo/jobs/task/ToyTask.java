package io.gradzoo.jobs.task;

import io.gradzoo.datasets.split.Split;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.Objective;
import io.gradzoo.engine.training.OutputDecoder;
import io.gradzoo.engine.training.Outputs;
import io.gradzoo.engine.training.TargetStatistics;
import io.gradzoo.jobs.baseline.BaselineResult;
import io.gradzoo.jobs.baseline.BaselineSetting;
import io.gradzoo.jobs.prediction.Prediction;
import io.gradzoo.jobs.prediction.PredictionColumn;
import io.gradzoo.jobs.prediction.Validation;
import io.gradzoo.jobs.report.block.Numbers;
import io.gradzoo.jobs.report.block.ReportBlock;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A task in one file: the test loss of a member, as the mean of one output for every parameter.
 * There are more outputs than targets, and the loss is of all outputs together.
 */
record ToyTask() implements MetanetworkTask {
  static final RegisteredTask REGISTERED =
      new RegisteredTask(new ToyTask(), new TrainingMean(), new LargestErrors());

  @Override
  public String name() {
    return "toy";
  }

  @Override
  public String title() {
    return "toy loss";
  }

  @Override
  public String unit() {
    return "nats";
  }

  @Override
  public PredictionColumn column() {
    return PredictionColumn.number("toy_loss");
  }

  @Override
  public OutputShape output() {
    return OutputShape.EVERY_PARAMETER;
  }

  @Override
  public List<String> memberColumns() {
    return List.of("test_loss");
  }

  @Override
  public double[] targets(MeasuredMember member) {
    Double loss = member.number("test_loss");
    if (loss == null || !Double.isFinite(loss)) {
      throw Fault.here().expected("a finite test loss").found(loss).exception();
    }
    return new double[] {loss};
  }

  @Override
  public Objective objective(TargetStatistics targets, OutputUnit unit) {
    return new SquaredErrorOfTheMean();
  }

  @Override
  public OutputDecoder decoder(TargetStatistics targets, OutputUnit unit) {
    return new SquaredErrorOfTheMean();
  }

  @Override
  public double score(Validation validation) {
    return validation.negatedSquaredError();
  }

  @Override
  public Map<String, Double> metrics(List<Prediction> test) {
    return Map.of(
        "largest error",
        test.stream().mapToDouble(Prediction::absoluteError).max().orElse(Double.NaN));
  }

  private record SquaredErrorOfTheMean()
      implements Objective, Objective.ExampleLoss, OutputDecoder {
    @Override
    public ExampleLoss loss(Architecture architecture) {
      return this;
    }

    @Override
    public double differentiate(Outputs outputs, Example example, int batch) {
      double error = mean(outputs) - example.target();
      float slope = (float) (2 * error / outputs.numbers() / batch);
      for (int o = 0; o < outputs.count(); o++) {
        for (int i = 0; i < outputs.size(o); i++) {
          outputs.gradients(o)[outputs.start(o) + i] = slope;
        }
      }
      return error * error;
    }

    @Override
    public double evaluate(Outputs outputs, Example example) {
      double error = mean(outputs) - example.target();
      return error * error;
    }

    @Override
    public float[] decode(Outputs outputs, Example example) {
      return new float[] {(float) mean(outputs)};
    }

    private static double mean(Outputs outputs) {
      double sum = 0;
      for (int o = 0; o < outputs.count(); o++) {
        for (int i = 0; i < outputs.size(o); i++) {
          sum += outputs.values(o)[outputs.start(o) + i];
        }
      }
      return sum / outputs.numbers();
    }
  }

  /** Says which members are predicted worst, and nothing of ranks. */
  private static final class LargestErrors implements TaskSection {
    @Override
    public List<ReportBlock> blocks(ModelResults results) {
      List<ReportBlock.TableRow> rows =
          results.predictions().stream()
              .sorted(Comparator.comparingDouble(Prediction::absoluteError).reversed())
              .limit(3)
              .map(LargestErrors::row)
              .toList();
      String rounds =
          new String(results.files().read("metrics.jsonl").orElseThrow(), StandardCharsets.UTF_8);
      return List.of(
          new ReportBlock.Table(
              "Largest errors after " + rounds.lines().count() + " rounds",
              "member",
              List.of(results.unit()),
              rows));
    }

    private static ReportBlock.TableRow row(Prediction prediction) {
      String error = Numbers.fixed(prediction.absoluteError(), 4);
      return new ReportBlock.TableRow(
          prediction.memberId(),
          "",
          ReportBlock.Emphasis.NONE,
          List.of(new ReportBlock.TableCell(error, ReportBlock.Emphasis.NONE)));
    }

    @Override
    public Optional<Headline> headline(ModelResults results) {
      return Optional.of(new Headline(0, "A toy was reported.", List.of(new Figure("toys", "1"))));
    }
  }

  private static final class TrainingMean implements TaskBaselines {
    @Override
    public Input input() {
      return Input.WEIGHTS;
    }

    @Override
    public Set<Split> splits() {
      return Set.of(Split.TRAIN, Split.TEST);
    }

    @Override
    public List<BaselineResult> fit(BaselineSetting setting) {
      double mean =
          setting.examples().read(Split.TRAIN).stream()
              .mapToDouble(Example::target)
              .average()
              .orElseThrow();
      List<Prediction> test =
          setting.examples().read(Split.TEST).stream()
              .map(e -> Prediction.of(e.id(), e.architecture().id(), e.target(), mean))
              .toList();
      return List.of(new BaselineResult("training mean", test, 1, 1, 0));
    }
  }
}
