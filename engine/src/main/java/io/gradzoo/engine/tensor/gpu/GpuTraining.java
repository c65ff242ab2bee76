package io.gradzoo.engine.tensor.gpu;

import io.gradzoo.engine.optimize.GlobalNormClip;
import io.gradzoo.engine.optimize.Optimizer.Coefficient;
import io.gradzoo.engine.tensor.DeviceTraining;
import io.gradzoo.engine.tensor.Parameters;

/** Steps on parameters that stay on an accelerator. A step copies the rule's coefficients to it. */
final class GpuTraining implements DeviceTraining {
  private static final int THREADS = 256;

  /** Blocks that share the sum of squares; the same on all devices, and so is the sum. */
  private static final int MOST_BLOCKS = 256;

  private final Accelerator accelerator;
  private final Parameters host;
  private final ResidentParameters parameters;
  private final int blocks;
  private PreparedSteps state;
  private int made;

  /** The memory of a training and the instructions of its steps. */
  private record PreparedSteps(
      Accelerator.DeviceMemory memory,
      Places places,
      double largestNorm,
      Accelerator.Sequence step) {
    boolean serves(int moments, double norm, int steps) {
      return places.moments.length == moments && largestNorm == norm && places.mostSteps >= steps;
    }
  }

  /** Where everything lies. */
  private record Places(
      long[] moments, long coefficients, long parts, long history, int mostSteps) {}

  GpuTraining(Accelerator accelerator, Parameters host, ResidentParameters parameters) {
    this.accelerator = accelerator;
    this.host = host;
    this.parameters = parameters;
    this.blocks = Math.max(1, Math.min(MOST_BLOCKS, parameters.size() / THREADS));
  }

  @Override
  public void begin(float[][] moments, double largestNorm, int steps) {
    if (state == null || !state.serves(moments.length, largestNorm, steps)) {
      state = prepare(moments.length, largestNorm, steps);
    }
    for (int i = 0; i < moments.length; i++) {
      accelerator.write(state.places.moments[i], moments[i], parameters.size());
    }
    parameters.train(host);
    made = 0;
  }

  @Override
  public void step(float[] coefficients) {
    accelerator.write(state.places.coefficients, coefficients, coefficients.length);
    state.step.run();
    made++;
  }

  @Override
  public float[] end(float[][] moments) {
    float[] history = new float[2 * made];
    accelerator.read(state.places.history, history, history.length);
    for (int i = 0; i < moments.length; i++) {
      accelerator.read(state.places.moments[i], moments[i], parameters.size());
    }
    parameters.copyTo(host);
    return history;
  }

  @Override
  public void abandon() {
    parameters.leave();
  }

  private PreparedSteps prepare(int moments, double largestNorm, int steps) {
    Arena sizes = new Arena();
    place(sizes, 0, moments, steps);
    Accelerator.DeviceMemory memory = accelerator.allocate(sizes.size());
    Places places = place(new Arena(), memory.address(), moments, steps);
    Instructions step = new Instructions();
    addStep(step, places, largestNorm);
    return new PreparedSteps(memory, places, largestNorm, accelerator.prepare(step.list()));
  }

  private Places place(Arena arena, long base, int count, int steps) {
    long[] moments = new long[count];
    for (int i = 0; i < count; i++) {
      moments[i] = base + arena.take((long) Float.BYTES * parameters.size());
    }
    return new Places(
        moments,
        base + arena.take((long) Float.BYTES * Coefficient.values().length),
        base + arena.take((long) Double.BYTES * blocks),
        base + arena.take(2L * Float.BYTES * steps),
        steps);
  }

  private void addStep(Instructions to, Places places, double largestNorm) {
    int n = parameters.size();
    long gradients = parameters.gradients();
    to.launchBlocks("squares", blocks, n, blocks, gradients, places.parts);
    to.launchBlocks(
        "clip",
        1,
        blocks,
        places.parts,
        largestNorm,
        GlobalNormClip.EPSILON,
        parameters.step(),
        places.history);
    long[] moments = places.moments;
    long first = moments.length < 2 ? 0L : moments[0];
    long second = moments.length == 0 ? 0L : moments[moments.length - 1];
    to.launch(
        "update",
        n,
        n,
        places.coefficients,
        parameters.step(),
        gradients,
        parameters.values(),
        first,
        second);
  }
}
