package io.gradzoo.jobs.task.classification;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.Recording;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.Objective;
import io.gradzoo.engine.training.OutputDecoder;
import io.gradzoo.engine.training.Outputs;
import io.gradzoo.engine.training.RecordedLoss;
import java.util.Optional;

/**
 * The cross-entropy of a class: outputs are numbers of which the softmax gives each class its
 * probability, and what is predicted are the logarithms of these. Every class counts alike.
 *
 * @param classes at least two
 */
record SoftmaxLoss(int classes) implements Objective, Objective.ExampleLoss, OutputDecoder {
  @Override
  public ExampleLoss loss(Architecture architecture) {
    return this;
  }

  @Override
  public Optional<RecordedLoss> recorded(
      Tape tape, Recording metanetwork, Architecture architecture) {
    return Optional.of(new RecordedSoftmax(classes, tape, metanetwork));
  }

  /** The loss {@code ln Σ exp(y) − y[label]}; its derivative {@code softmax(y) − [label]}. */
  @Override
  public double differentiate(Outputs outputs, Example example, int batch) {
    double normalizer = normalizer(outputs);
    int label = (int) example.target();
    float[] y = outputs.values(0);
    float[] dy = outputs.gradients(0);
    int start = outputs.start(0);
    for (int c = 0; c < classes; c++) {
      double probability = StrictMath.exp(y[start + c] - normalizer);
      dy[start + c] = (float) ((probability - (c == label ? 1 : 0)) / batch);
    }
    return normalizer - y[start + label];
  }

  @Override
  public double evaluate(Outputs outputs, Example example) {
    return normalizer(outputs) - outputs.values(0)[outputs.start(0) + (int) example.target()];
  }

  /**
   * @return logarithms of the probabilities, [classes]
   */
  @Override
  public float[] decode(Outputs outputs, Example example) {
    double normalizer = normalizer(outputs);
    float[] logarithms = new float[classes];
    for (int c = 0; c < classes; c++) {
      logarithms[c] = (float) (outputs.values(0)[outputs.start(0) + c] - normalizer);
    }
    return logarithms;
  }

  /** {@code ln Σ exp(y)}, from the largest, so that nothing overflows. */
  private double normalizer(Outputs outputs) {
    if (outputs.numbers() != classes) {
      throw Fault.of("metanetwork")
          .expected("%d outputs, one for each class", classes)
          .found(outputs.numbers())
          .exception();
    }
    float[] y = outputs.values(0);
    int start = outputs.start(0);
    double largest = y[start];
    for (int c = 1; c < classes; c++) {
      largest = Math.max(largest, y[start + c]);
    }
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += StrictMath.exp(y[start + c] - largest);
    }
    return largest + StrictMath.log(sum);
  }
}
