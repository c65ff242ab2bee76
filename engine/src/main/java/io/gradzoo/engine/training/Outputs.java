package io.gradzoo.engine.training;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.ParameterPlaces;
import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.TensorRange;
import io.gradzoo.engine.tensor.Tensor;
import java.util.List;

/**
 * What a program says of one example: one or more outputs of any shape, each a range of an array.
 * Outputs that are one number for every parameter of a network say where they lie in its flat
 * layout, by {@link Architecture#resultTensors}; all others lie one behind the other. The same
 * object shows one example after the other.
 */
public final class Outputs {
  private final Program program;
  private final int[] offsets;
  private int numbers;
  private int slot;

  Outputs(Program program, Architecture architecture) {
    this.program = program;
    this.offsets = new int[program.outputs().size()];
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

  Program program() {
    return program;
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
    Tensor tensor = program.outputs().get(output);
    return tensor.rows() * tensor.width();
  }

  /** Where the first number of an output lies among all numbers. */
  public int offset(int output) {
    return offsets[output];
  }

  /** The array that holds an output, from {@link #start} on. */
  public float[] values(int output) {
    return program.outputs().get(output).values();
  }

  /** The array that takes the derivatives by an output, likewise; of a program that trains. */
  public float[] gradients(int output) {
    return program.outputs().get(output).gradients();
  }

  /** Whether every number of the outputs says for which parameter it stands, if for any. */
  public boolean changesParameters() {
    return program.places().isPresent();
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
    return program
        .places()
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
