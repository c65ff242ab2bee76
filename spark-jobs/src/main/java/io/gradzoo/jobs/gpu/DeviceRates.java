package io.gradzoo.jobs.gpu;

import io.gradzoo.engine.tensor.gpu.Accelerator;
import io.gradzoo.engine.tensor.gpu.Instruction;
import java.util.Collections;
import java.util.List;

/**
 * What a device reaches at most, as far as it can be had here.
 *
 * @param copied bytes a second, read and written ones together
 * @param products operations a second of square products, as exact as they are set to be
 */
record DeviceRates(double copied, double products) {
  private static final int REPETITIONS = 20;
  private static final int RUNS = 5;

  /**
   * Measures both.
   *
   * @param numbers that are copied
   * @param side of the factors
   */
  static DeviceRates measure(Accelerator device, int numbers, int side) {
    Accelerator.DeviceMemory from = device.allocate((long) Float.BYTES * numbers);
    Accelerator.DeviceMemory to = device.allocate((long) Float.BYTES * numbers);
    double copy =
        seconds(device, new Instruction.Copying(from.address(), to.address(), numbers), from);
    long square = (long) Float.BYTES * side * side;
    Accelerator.DeviceMemory a = device.allocate(square);
    Accelerator.DeviceMemory b = device.allocate(square);
    Accelerator.DeviceMemory c = device.allocate(square);
    Instruction.Factor left = new Instruction.Factor(a.address(), side, false);
    Instruction.Factor right = new Instruction.Factor(b.address(), side, false);
    double product =
        seconds(
            device,
            new Instruction.MatrixProduct(side, side, side, 1f, left, right, 0f, c.address(), side),
            c);
    return new DeviceRates(2.0 * Float.BYTES * numbers / copy, 2.0 * side * side * side / product);
  }

  /** The shortest of some runs, of one instruction; the first two prepare the others. */
  private static double seconds(
      Accelerator device, Instruction instruction, Accelerator.DeviceMemory read) {
    List<Instruction> repeated = Collections.nCopies(REPETITIONS, instruction);
    Accelerator.Sequence sequence = device.prepare(repeated);
    double shortest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < RUNS; i++) {
      device.read(read.address(), new float[1], 1);
      long began = System.nanoTime();
      sequence.run();
      device.read(read.address(), new float[1], 1);
      shortest = Math.min(shortest, (System.nanoTime() - began) * 1e-9);
    }
    return shortest / REPETITIONS;
  }
}
