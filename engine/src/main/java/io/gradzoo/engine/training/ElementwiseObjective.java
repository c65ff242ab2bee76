package io.gradzoo.engine.training;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.Recording;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.tensor.NumberLoss;
import io.gradzoo.engine.tensor.Tape;
import java.util.Optional;

/**
 * What every number of the outputs is read as, and how far off it is: there is one target for each
 * output number, and the loss of an example is the mean of its numbers' errors.
 */
public sealed interface ElementwiseObjective extends Objective, OutputDecoder {

  /** The prediction that output y stands for, in the units of the targets. */
  float prediction(float y, Example example, int index);

  /** Squared error of one number. */
  double loss(float y, Example example, int index);

  /** Derivative of {@link #loss} by y. */
  double slope(float y, Example example, int index);

  /**
   * What the difference of a prediction and a target is divided by before it is squared, in the
   * units of the targets.
   */
  double unit();

  /** The same error as devices compute it, of {@link #label} in the place of a target. */
  NumberLoss onDevices();

  /** A target as devices compare it with an output. */
  default float label(Example example, int index) {
    return (float) example.targets()[index];
  }

  /** How much an example's loss counts in training. */
  default double weight(Example example) {
    return 1;
  }

  @Override
  default ExampleLoss loss(Architecture architecture) {
    return new ElementwiseLoss(this);
  }

  @Override
  default Optional<RecordedLoss> recorded(
      Tape tape, Recording metanetwork, Architecture architecture) {
    return Optional.of(new RecordedNumbers(this, metanetwork, architecture));
  }

  @Override
  default float[] decode(Outputs outputs, Example example) {
    requireTargets(outputs, example);
    float[] predictions = new float[example.targets().length];
    for (int o = 0; o < outputs.count(); o++) {
      float[] y = outputs.values(o);
      int start = outputs.start(o);
      for (int i = 0; i < outputs.size(o); i++) {
        int index = outputs.offset(o) + i;
        predictions[index] = prediction(y[start + i], example, index);
      }
    }
    return predictions;
  }

  /** Refuses an example with more or fewer targets than there are outputs. */
  static void requireTargets(Outputs outputs, Example example) {
    if (example.targets().length != outputs.numbers()) {
      throw Fault.of("example " + example.id())
          .expected(outputs.numbers() + " targets, one for each output")
          .found(example.targets().length)
          .exception();
    }
  }

  /** A share, such as an accuracy: the prediction is σ(y) (ScaleGMN's generalisation task). */
  record Share() implements ElementwiseObjective {
    @Override
    public float prediction(float y, Example example, int index) {
      return (float) (1.0 / (1.0 + StrictMath.exp(-y)));
    }

    @Override
    public double loss(float y, Example example, int index) {
      double error = prediction(y, example, index) - (float) example.targets()[index];
      return error * error;
    }

    @Override
    public double slope(float y, Example example, int index) {
      double p = prediction(y, example, index);
      return 2 * (p - (float) example.targets()[index]) * p * (1 - p);
    }

    @Override
    public NumberLoss onDevices() {
      return new NumberLoss(NumberLoss.ErrorOfNumber.SHARE, 1);
    }

    @Override
    public double unit() {
      return 1;
    }
  }

  /**
   * A share whose error is the cross-entropy with the measured one: σ(y) is the chance of a right
   * answer (the loss of the published StatNN).
   */
  record CrossEntropy() implements ElementwiseObjective {
    private static final Share SHARE = new Share();

    @Override
    public float prediction(float y, Example example, int index) {
      return SHARE.prediction(y, example, index);
    }

    /** {@code −t ln σ(y) − (1 − t) ln σ(−y)}, without overflow. */
    @Override
    public double loss(float y, Example example, int index) {
      double positive = Math.max(y, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(y)));
      return positive - example.targets()[index] * y;
    }

    @Override
    public double slope(float y, Example example, int index) {
      return 1.0 / (1.0 + StrictMath.exp(-y)) - example.targets()[index];
    }

    @Override
    public NumberLoss onDevices() {
      return new NumberLoss(NumberLoss.ErrorOfNumber.CROSS_ENTROPY, 1);
    }

    @Override
    public double unit() {
      return 1;
    }
  }

  /**
   * Numbers of any size, standardised by one mean and deviation for all: the prediction is {@code
   * mean + deviation · y}, the error is counted in deviations (GradMetaNet App. F.1).
   *
   * @param statistics of the training targets
   */
  record Standardized(TargetStatistics statistics) implements ElementwiseObjective {
    @Override
    public float prediction(float y, Example example, int index) {
      return statistics.original(y);
    }

    @Override
    public double loss(float y, Example example, int index) {
      double error = error(y, example, index);
      return error * error;
    }

    @Override
    public double slope(float y, Example example, int index) {
      return 2 * error(y, example, index);
    }

    @Override
    public NumberLoss onDevices() {
      return new NumberLoss(NumberLoss.ErrorOfNumber.SQUARED, 1);
    }

    @Override
    public float label(Example example, int index) {
      return statistics.standardized((float) example.targets()[index]);
    }

    @Override
    public double unit() {
      return statistics.deviation();
    }

    private double error(float y, Example example, int index) {
      return y - statistics.standardized((float) example.targets()[index]);
    }
  }

  /**
   * Numbers that the metanetwork says in the units of the targets. The error is counted in
   * deviations; in training every example counts by its relative error, so that no single one with
   * large targets decides.
   *
   * @param statistics of the training targets
   */
  record Unscaled(TargetStatistics statistics) implements ElementwiseObjective {
    @Override
    public double weight(Example example) {
      double squares = 0;
      for (double target : example.targets()) {
        squares += target * target;
      }
      double unit = (double) statistics.deviation() * statistics.deviation();
      return squares > 0 ? unit * example.targets().length / squares : 1;
    }

    @Override
    public float prediction(float y, Example example, int index) {
      return y;
    }

    @Override
    public double loss(float y, Example example, int index) {
      double error = error(y, example, index);
      return error * error;
    }

    @Override
    public double slope(float y, Example example, int index) {
      return 2 * error(y, example, index) / statistics.deviation();
    }

    @Override
    public NumberLoss onDevices() {
      return new NumberLoss(NumberLoss.ErrorOfNumber.SQUARED, 1 / statistics.deviation());
    }

    @Override
    public double unit() {
      return statistics.deviation();
    }

    private double error(float y, Example example, int index) {
      return ((double) y - example.targets()[index]) / statistics.deviation();
    }
  }
}
