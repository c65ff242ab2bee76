package io.gradzoo.jobs.bench;

import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.Tape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One thread's share of a batch: programs and a gradient of its own, over parameter values that all
 * workers share.
 */
final class BenchWorker {
  private final Parameters parameters;
  private final List<Group> groups = new ArrayList<>();
  private final int batch;
  private long allocated;
  private double loss;

  /**
   * @param values of the metanetwork's parameters, shared
   * @param share examples of this worker
   * @param batch examples of all workers
   */
  BenchWorker(
      Metanetwork metanetwork,
      float[] values,
      List<BenchExample> share,
      int batch,
      Tape.Mode mode) {
    this.parameters = Parameters.over(values);
    this.batch = batch;
    Map<Architecture, List<BenchExample>> byArchitecture = new LinkedHashMap<>();
    for (BenchExample example : share) {
      byArchitecture.computeIfAbsent(example.architecture(), a -> new ArrayList<>()).add(example);
    }
    byArchitecture.forEach(
        (architecture, examples) -> {
          int capacity = metanetwork.groupSize(architecture);
          Program program = metanetwork.compile(architecture, parameters, capacity, mode);
          for (int from = 0; from < examples.size(); from += capacity) {
            int to = Math.min(examples.size(), from + capacity);
            groups.add(new Group(program, List.copyOf(examples.subList(from, to))));
          }
        });
  }

  /** Examples that run through one program together. */
  private record Group(Program program, List<BenchExample> examples) {
    void forward() {
      for (int slot = 0; slot < examples.size(); slot++) {
        program.load(slot, examples.get(slot).input());
      }
      program.forward(examples.size());
    }
  }

  /** Takes the share's gradient, after the shared values may have changed. */
  void gradient(long seed) {
    long before = Allocation.ofThisThread();
    parameters.changed();
    parameters.clearGradients();
    loss = 0;
    for (int i = 0; i < groups.size(); i++) {
      Group group = groups.get(i);
      group.program().dropoutSeed(seed + i);
      group.forward();
      loss += BenchLoss.slopes(group.program(), group.examples(), batch);
      group.program().backward();
    }
    allocated += Allocation.ofThisThread() - before;
  }

  /** Runs the share forward. */
  void forward() {
    long before = Allocation.ofThisThread();
    for (int i = 0; i < groups.size(); i++) {
      groups.get(i).forward();
    }
    allocated += Allocation.ofThisThread() - before;
  }

  /** The share's gradient. */
  float[] gradients() {
    return parameters.gradients();
  }

  /** The share's part of the batch's loss. */
  double loss() {
    return loss;
  }

  /** Bytes allocated by this worker so far. */
  long allocated() {
    return allocated;
  }
}
