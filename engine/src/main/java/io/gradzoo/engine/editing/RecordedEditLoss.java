package io.gradzoo.engine.editing;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.ParameterPlaces;
import io.gradzoo.engine.metanet.Recording;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Samples;
import io.gradzoo.engine.network.recorded.ShownSamples;
import io.gradzoo.engine.tensor.NumberLoss;
import io.gradzoo.engine.tensor.NumberLoss.ErrorOfNumber;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import io.gradzoo.engine.tensor.TrainingPass;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.RecordedLoss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The loss of edited networks of one architecture on the tape of the metanetwork that edits them:
 * θ' = θ + f(θ), the networks with these parameters on the step's images, and the cross-entropy of
 * what they say. What {@link EditLoss} computes, to rounding.
 */
final class RecordedEditLoss implements RecordedLoss {
  private final EditObjective objective;
  private final Samples training;
  private final ImageDraw draw;
  private final Tensor network;
  private final ShownSamples shown;
  private final Recording recording;

  /**
   * @param editor records f(θ) on the tape
   * @throws io.gradzoo.engine.fault.FaultException if its outputs do not stand for every parameter
   *     of a network
   */
  RecordedEditLoss(
      EditObjective objective, LayeredArchitecture architecture, Tape tape, Recording editor) {
    this.objective = objective;
    this.training = objective.images().training();
    this.draw = new ImageDraw(training, objective.imagesPerStep());
    this.network = tape.input(architecture.parameterCount(), 1);
    this.shown = ShownSamples.toAll(tape, architecture, draw.count());
    Tensor edited = tape.sum(network, change(tape, editor, architecture.parameterCount()));
    List<Tensor> outputs = new ArrayList<>();
    outputs.add(shown.crossEntropies(tape, edited));
    if (objective.l1() != 0) {
      outputs.add(edited);
    }
    this.recording =
        new Recording(
            (slot, example) -> {
              editor.writer().write(slot, example);
              write(slot, example);
            },
            outputs);
  }

  /** f(θ) in the order of the flat parameters, [parameters, 1]. */
  private static Tensor change(Tape tape, Recording editor, int parameters) {
    Tensor numbers =
        tape.concatenate(editor.outputs().stream().map(Tensor::flatten).toArray(Tensor[]::new));
    return tape.selectRows(numbers.reshape(numbers.width(), 1), numberOf(editor, parameters));
  }

  /** For each parameter the number that stands for it, counted through all outputs. */
  private static int[] numberOf(Recording editor, int parameters) {
    if (editor.places() == null) {
      throw Fault.of("metanetwork")
          .expected("outputs that stand for parameters of a network")
          .exception();
    }
    int[] numbers = new int[parameters];
    Arrays.fill(numbers, ParameterPlaces.NONE);
    int number = 0;
    for (int[] places : editor.places().ofOutputs()) {
      for (int place : places) {
        if (place != ParameterPlaces.NONE) {
          numbers[place] = number;
        }
        number++;
      }
    }
    int without = Arrays.stream(numbers).filter(of -> of == ParameterPlaces.NONE).toArray().length;
    if (without > 0) {
      throw Fault.of("metanetwork")
          .expected("an output for each of %d parameters", parameters)
          .found("%d parameters without", without)
          .exception();
    }
    return numbers;
  }

  private void write(int slot, ExampleParts example) {
    float[] weights = example.weights();
    System.arraycopy(weights, 0, network.values(), slot * weights.length, weights.length);
  }

  @Override
  public Recording recording() {
    return recording;
  }

  @Override
  public List<NumberLoss> ofOutputs() {
    NumberLoss mean = new NumberLoss(ErrorOfNumber.LINEAR, 1f / draw.count());
    return objective.l1() == 0
        ? List.of(mean)
        : List.of(mean, new NumberLoss(ErrorOfNumber.ABSOLUTE, (float) objective.l1()));
  }

  @Override
  public void begin(long step) {
    draw.begin(step);
    shown.show(training, draw.rows(), 0);
  }

  @Override
  public void load(int slot, Example example, int batch, TrainingPass pass) {
    pass.shares()[2 * slot] = 1f;
    pass.shares()[2 * slot + 1] = 1f / batch;
  }
}
