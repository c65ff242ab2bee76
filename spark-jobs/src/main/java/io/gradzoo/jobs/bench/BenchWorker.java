package io.gradzoo.jobs.bench;

import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.tensor.Device;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.jobs.bench.BatchPieces.Piece;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One thread's part in a step: programs and a gradient of its own, over parameter values that all
 * workers share.
 */
final class BenchWorker {
  private final Parameters parameters;
  private final Map<LayeredArchitecture, Program> programs = new HashMap<>();
  private final int batch;
  private long allocated;
  private double loss;

  /**
   * @param values of the metanetwork's parameters, shared
   * @param architectures that pieces may have
   * @param batch examples of all workers
   */
  BenchWorker(
      Metanetwork metanetwork,
      Device device,
      float[] values,
      List<LayeredArchitecture> architectures,
      int batch,
      Tape.Mode mode) {
    this.parameters = Parameters.over(values);
    this.batch = batch;
    for (LayeredArchitecture architecture : architectures) {
      int capacity = metanetwork.groupSize(architecture);
      Tape tape = new Tape(device, parameters, capacity, mode);
      programs.put(architecture, metanetwork.compile(architecture, tape));
    }
  }

  /** Takes the gradient of the pieces it claims, after the shared values may have changed. */
  void gradient(BatchPieces pieces, long seed) {
    long before = Allocation.ofThisThread();
    parameters.changed();
    parameters.clearGradients();
    loss = 0;
    for (Piece piece = pieces.claim(); piece != null; piece = pieces.claim()) {
      Program program = programs.get(piece.architecture());
      program.dropoutSeed(seed + piece.number());
      forward(program, piece.examples());
      loss += BenchLoss.slopes(program, piece.examples(), batch);
      program.backward();
    }
    allocated = Allocation.ofThisThread() - before;
  }

  /** Runs the pieces it claims forward. */
  void forward(BatchPieces pieces) {
    long before = Allocation.ofThisThread();
    for (Piece piece = pieces.claim(); piece != null; piece = pieces.claim()) {
      forward(programs.get(piece.architecture()), piece.examples());
    }
    allocated = Allocation.ofThisThread() - before;
  }

  private static void forward(Program program, List<BenchExample> examples) {
    for (int slot = 0; slot < examples.size(); slot++) {
      program.load(slot, examples.get(slot).input());
    }
    program.forward(examples.size());
  }

  /** The gradient of its pieces. */
  float[] gradients() {
    return parameters.gradients();
  }

  /** Its pieces' part of the batch's loss. */
  double loss() {
    return loss;
  }

  /** Bytes that the last pass allocated. */
  long allocated() {
    return allocated;
  }
}
