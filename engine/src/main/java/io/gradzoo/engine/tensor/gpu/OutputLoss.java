package io.gradzoo.engine.tensor.gpu;

import io.gradzoo.engine.tensor.Computation;
import io.gradzoo.engine.tensor.NumberLoss;
import io.gradzoo.engine.tensor.Storage;
import java.util.List;
import java.util.stream.IntStream;

/** The loss of a computation's outputs on an accelerator, with what it needs from the host. */
final class OutputLoss {
  private final Accelerator accelerator;
  private final Computation computation;
  private final List<NumberLoss> forms;
  private final int numbers;
  private final float[] targets;
  private final float[] shares;
  private final Accelerator.DeviceMemory memory;
  private final long sharesAt;
  private final long lossesAt;

  /**
   * @param forms of each output, in order
   */
  OutputLoss(Accelerator accelerator, Computation computation, List<NumberLoss> forms) {
    this.accelerator = accelerator;
    this.computation = computation;
    this.forms = List.copyOf(forms);
    List<Storage> outputs = List.copyOf(computation.outputs());
    this.numbers =
        IntStream.range(0, outputs.size()).map(o -> targets(outputs.get(o), forms.get(o))).sum();
    int capacity = computation.capacity();
    this.targets = new float[capacity * numbers];
    this.shares = new float[2 * capacity];
    Arena arena = new Arena();
    arena.take((long) Float.BYTES * targets.length);
    long offsetOfShares = arena.take((long) Float.BYTES * shares.length);
    long offsetOfLosses = arena.take((long) Float.BYTES * capacity);
    this.memory = accelerator.allocate(arena.size());
    this.sharesAt = memory.address() + offsetOfShares;
    this.lossesAt = memory.address() + offsetOfLosses;
  }

  /** How many targets an output is compared with. */
  private static int targets(Storage output, NumberLoss form) {
    return form.error().hasTarget() ? output.sizePerModel() : 0;
  }

  float[] targets() {
    return targets;
  }

  float[] shares() {
    return shares;
  }

  void upload(int models) {
    accelerator.write(memory.address(), targets, models * numbers);
    accelerator.write(sharesAt, shares, 2 * models);
  }

  /** From the values of the outputs to their gradients, and the step's loss. */
  List<Instruction> instructions(Emission places, long stepLoss) {
    Instructions to = new Instructions();
    int models = places.models();
    int from = 0;
    int o = 0;
    for (Storage output : computation.outputs()) {
      NumberLoss form = forms.get(o);
      to.launchRows(
          "loss",
          models,
          models,
          output.sizePerModel(),
          numbers,
          form.error().code(),
          form.scale(),
          Strided.at(memory.address(), from),
          sharesAt,
          places.values(output),
          places.gradientOrNone(output),
          lossesAt,
          o == 0 ? 0 : 1);
      from += targets(output, form);
      o++;
    }
    to.launchBlocks("addLosses", 1, models, lossesAt, stepLoss);
    return to.list();
  }
}
