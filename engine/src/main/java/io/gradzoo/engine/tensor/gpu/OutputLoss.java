package io.gradzoo.engine.tensor.gpu;

import io.gradzoo.engine.tensor.Computation;
import io.gradzoo.engine.tensor.NumberLoss;
import io.gradzoo.engine.tensor.Storage;
import java.util.List;

/** The loss of a computation's outputs on an accelerator, with what it needs from the host. */
final class OutputLoss {
  private final Accelerator accelerator;
  private final Computation computation;
  private final NumberLoss form;
  private final int numbers;
  private final float[] targets;
  private final float[] shares;
  private final Accelerator.DeviceMemory memory;
  private final long sharesAt;
  private final long lossesAt;

  OutputLoss(Accelerator accelerator, Computation computation, NumberLoss form) {
    this.accelerator = accelerator;
    this.computation = computation;
    this.form = form;
    this.numbers = computation.outputs().stream().mapToInt(Storage::sizePerModel).sum();
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
    for (Storage output : computation.outputs()) {
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
          from == 0 ? 0 : 1);
      from += output.sizePerModel();
    }
    to.launchBlocks("addLosses", 1, models, lossesAt, stepLoss);
    return to.list();
  }
}
