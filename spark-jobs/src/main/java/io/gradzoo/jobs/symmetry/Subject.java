package io.gradzoo.jobs.symmetry;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.run.TrainedModel;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A trained metanetwork, run on one network at a time; its result before a sigmoid or softmax. */
final class Subject {
  private final Metanetwork metanetwork;
  private final Parameters parameters;
  private final Reading reading;
  private final Map<Architecture, Program> programs = new HashMap<>();

  Subject(TrainedModel model, Reading reading) {
    this.metanetwork = model.spec().build();
    this.parameters = Parameters.over(model.parameters());
    this.reading = reading;
  }

  /** Computes the metanetwork's input from a target network. */
  interface Reading {
    /**
     * @param network flat parameters
     * @return what {@link Program#load} takes
     */
    ExampleParts read(Architecture architecture, float[] network);

    /**
     * The same with the gradient set taken in another order.
     *
     * @throws IllegalStateException if no gradient set is read
     */
    default ExampleParts reordered(Architecture architecture, float[] network, long seed) {
      throw new IllegalStateException("what is read has no order");
    }
  }

  /** Computes the metanetwork's input from a target network. */
  ExampleParts read(Architecture architecture, float[] network) {
    return reading.read(architecture, network);
  }

  /** The same with the gradient set taken in another order. */
  ExampleParts readReordered(Architecture architecture, float[] network, long seed) {
    return reading.reordered(architecture, network, seed);
  }

  /** The metanetwork's result for what it reads, [numbers]. */
  float[] output(Architecture architecture, ExampleParts input) {
    Program program = programs.computeIfAbsent(architecture, this::compile);
    program.load(0, input);
    program.forward(1);
    return Arrays.copyOf(program.output().values(), program.output().width());
  }

  private Program compile(Architecture architecture) {
    try {
      return metanetwork.compile(
          architecture, new Tape(CpuDevice.best(), parameters, 1, Tape.Mode.INFERENCE));
    } catch (IllegalArgumentException e) {
      throw GradzooException.data(
          Fault.of("symmetry check").because(e).fix("--zoo with members like the model's own"), e);
    }
  }
}
