package io.gradzoo.jobs.gpu;

import io.gradzoo.engine.device.WrappedAccelerator;
import io.gradzoo.engine.tensor.gpu.Accelerator;
import io.gradzoo.engine.tensor.gpu.Instruction;
import io.gradzoo.engine.tensor.gpu.Instruction.BatchedProduct;
import io.gradzoo.engine.tensor.gpu.Instruction.Clearing;
import io.gradzoo.engine.tensor.gpu.Instruction.Copying;
import io.gradzoo.engine.tensor.gpu.Instruction.KernelLaunch;
import io.gradzoo.engine.tensor.gpu.Instruction.MatrixProduct;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An accelerator that runs instruction by instruction, each several times in a row, and notes how
 * long each kind takes and how many operations its products have and bytes it moves. Sums that are
 * added to come out too large: what it computes is for nothing but its times.
 */
final class TimedAccelerator extends WrappedAccelerator {
  private static final int REPETITIONS = 5;

  private final DeviceMemory watch;
  private final Map<String, Double> seconds = new TreeMap<>();
  private double operations;
  private double bytes;

  TimedAccelerator(Accelerator timed) {
    super(timed);
    this.watch = super.allocate(Float.BYTES);
  }

  /** Forgets what it noted. */
  void restart() {
    seconds.clear();
    operations = 0;
    bytes = 0;
  }

  /** Seconds by kernel. */
  Map<String, Double> seconds() {
    return new TreeMap<>(seconds);
  }

  /** Operations of all products, a multiplication and an addition each two. */
  double operations() {
    return operations;
  }

  /** Bytes that instructions moved, by {@link Traffic}. */
  double bytes() {
    return bytes;
  }

  @Override
  public Sequence prepare(List<Instruction> instructions) {
    List<TimedInstruction> steps = new ArrayList<>();
    for (Instruction instruction : instructions) {
      List<Instruction> repeated = Collections.nCopies(REPETITIONS, instruction);
      steps.add(new TimedInstruction(instruction, super.prepare(repeated)));
    }
    return () -> steps.forEach(this::run);
  }

  private record TimedInstruction(Instruction instruction, Sequence repeated) {}

  private void run(TimedInstruction step) {
    await();
    long began = System.nanoTime();
    step.repeated().run();
    await();
    double took = (System.nanoTime() - began) * 1e-9 / REPETITIONS;
    seconds.merge(name(step.instruction()), took, Double::sum);
    operations += operations(step.instruction());
    bytes += Traffic.bytes(step.instruction());
  }

  /** What was asked for before is done when a number can be read. */
  private void await() {
    super.read(watch.address(), new float[1], 1);
  }

  private static String name(Instruction instruction) {
    if (instruction instanceof KernelLaunch launch) {
      return launch.kernel();
    }
    boolean copies = instruction instanceof Copying || instruction instanceof Clearing;
    return copies ? "copy or clearing" : "matrix product";
  }

  private static double operations(Instruction instruction) {
    if (instruction instanceof BatchedProduct batch) {
      return batch.count() * operations(batch.first());
    }
    return instruction instanceof MatrixProduct product
        ? 2.0 * product.m() * product.n() * product.k()
        : 0;
  }
}
