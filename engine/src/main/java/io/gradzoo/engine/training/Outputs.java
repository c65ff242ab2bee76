package io.gradzoo.engine.training;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.ParameterPlaces;
import io.gradzoo.engine.metanet.Recording;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.TensorRange;
import io.gradzoo.engine.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * What a metanetwork says of one example: one or more outputs of any shape, each a range of an
 * array. Outputs that are one number for every parameter of a network say where they lie in its
 * flat layout, by {@link Architecture#resultTensors}; all others lie one behind the other. The same
 * object shows one example after the other.
 */
public final class Outputs {
  private final Recording recording;
  private final int[] offsets;
  private int numbers;
  private int slot;

  Outputs(Recording recording, Architecture architecture) {
    this.recording = recording;
    this.offsets = new int[recording.outputs().size()];
    for (int o = 0; o < offsets.length; o++) {
      offsets[o] = numbers;
      numbers += size(o);
    }
    if (offsets.length > 1 && numbers == architecture.parameterCount()) {
      placeParameters(architecture);
    }
  }

  private void placeParameters(Architecture architecture) {
    List<TensorRange> tensors = architecture.resultTensors();
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = tensors.get(i).offset();
    }
  }

  /** Shows the example in a slot from now on. */
  Outputs at(int newSlot) {
    slot = newSlot;
    return this;
  }

  /** Count of outputs. */
  public int count() {
    return offsets.length;
  }

  /** Count of the numbers of all outputs. */
  public int numbers() {
    return numbers;
  }

  /** Count of an output's numbers, its rows times its width. */
  public int size(int output) {
    Tensor tensor = recording.outputs().get(output);
    return tensor.rows() * tensor.width();
  }

  /** Where the first number of an output lies among all numbers. */
  public int offset(int output) {
    return offsets[output];
  }

  /** The array that holds an output, from {@link #start} on. */
  public float[] values(int output) {
    return recording.outputs().get(output).values();
  }

  /** The array that takes the derivatives by an output, likewise; of a tape that trains. */
  public float[] gradients(int output) {
    return recording.outputs().get(output).gradients();
  }

  /** Whether every number of the outputs says for which parameter it stands, if for any. */
  public boolean changesParameters() {
    return recording.places() != null;
  }

  /**
   * Adds to every parameter of a network the number that stands for it.
   *
   * @param parameters flat, changed
   * @throws IllegalArgumentException if outputs stand for no parameters
   */
  public void addTo(float[] parameters) {
    List<int[]> places = places();
    for (int o = 0; o < places.size(); o++) {
      int[] ofOutput = places.get(o);
      float[] y = values(o);
      int start = start(o);
      for (int i = 0; i < ofOutput.length; i++) {
        if (ofOutput[i] != ParameterPlaces.NONE) {
          parameters[ofOutput[i]] += y[start + i];
        }
      }
    }
  }

  /**
   * Writes the derivative by every output, given those by the parameters that outputs stand for.
   *
   * @param gradient by a network's flat parameters
   * @param factor that all are multiplied by
   * @throws IllegalArgumentException if outputs stand for no parameters
   */
  public void differentiate(float[] gradient, float factor) {
    List<int[]> places = places();
    for (int o = 0; o < places.size(); o++) {
      int[] ofOutput = places.get(o);
      float[] dy = gradients(o);
      int start = start(o);
      for (int i = 0; i < ofOutput.length; i++) {
        int place = ofOutput[i];
        dy[start + i] = place == ParameterPlaces.NONE ? 0f : factor * gradient[place];
      }
    }
  }

  private List<int[]> places() {
    return Optional.ofNullable(recording.places())
        .map(ParameterPlaces::ofOutputs)
        .orElseThrow(
            () ->
                Fault.of("metanetwork")
                    .expected("outputs that stand for parameters of a network")
                    .exception());
  }

  /** Where the example's numbers begin in {@link #values} and {@link #gradients}. */
  public int start(int output) {
    return slot * size(output);
  }
}
