package io.gradzoo.engine.metanet;

import io.gradzoo.engine.tensor.NumberLoss;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import io.gradzoo.engine.tensor.TrainingPass;
import java.util.List;
import java.util.Optional;

/**
 * A metanetwork laid out for one architecture: load examples into its slots, run forward, perhaps
 * backward.
 */
public final class Program {
  private final Tape tape;
  private final ExampleWriter writer;
  private final GradientReader reader;
  private final List<Tensor> outputs;
  private final ParameterPlaces places;

  /**
   * @param tape a recorded, not yet sealed tape
   * @param recording what is on it; its results are declared here as outputs of the tape
   */
  Program(Tape tape, Recording recording) {
    this.tape = tape;
    this.writer = recording.writer();
    this.reader = recording.reader();
    this.outputs = List.copyOf(recording.outputs());
    this.places = recording.places();
    this.outputs.forEach(tape::output);
    tape.seal();
  }

  /**
   * Puts an example into slot {@code slot} of the coming pass.
   *
   * @param example with the parts that the metanetwork reads
   * @throws IllegalArgumentException if one is missing, or of another length
   */
  public void load(int slot, ExampleParts example) {
    writer.write(slot, example);
  }

  /** Computes the outputs of the first {@code models} slots. */
  public void forward(int models) {
    tape.forward(models);
  }

  /** Carries the gradients written to the outputs back to the parameters. */
  public void backward() {
    tape.backward();
  }

  /**
   * Passes over the loaded slots whose loss the device computes, if it can.
   *
   * @param ofOutputs the loss of each result, whose sum is that of an example
   */
  public Optional<TrainingPass> trainingPass(List<NumberLoss> ofOutputs) {
    return tape.trainingPass(ofOutputs);
  }

  /**
   * The derivative of the loss by the example in a slot, after {@link #backward}.
   *
   * @param gradient output, as long as the example
   * @throws IllegalStateException if the program was not recorded for it
   */
  public void exampleGradient(int slot, float[] gradient) {
    if (reader == null) {
      throw new IllegalStateException("this program does not differentiate by its examples");
    }
    reader.read(slot, gradient);
  }

  /** The results, each [models, rows, width]. */
  public List<Tensor> outputs() {
    return outputs;
  }

  /** The only result of a metanetwork that predicts one vector. */
  public Tensor output() {
    return outputs.get(0);
  }

  /** Which parameter each number of the results stands for; empty if they are none. */
  public Optional<ParameterPlaces> places() {
    return Optional.ofNullable(places);
  }

  /** The most examples of one pass. */
  public int capacity() {
    return tape.capacity();
  }

  /** Chooses the dropout masks of the passes to come. */
  public void dropoutSeed(long seed) {
    tape.dropoutSeed(seed);
  }

  /** Copies an example into a tape's inputs. */
  @FunctionalInterface
  public interface ExampleWriter {
    /**
     * @param slot which of the models of the pass
     * @param example with the parts that are read
     */
    void write(int slot, ExampleParts example);
  }

  /** Copies an example's gradient out of a tape's inputs. */
  @FunctionalInterface
  public interface GradientReader {
    /**
     * @param slot which of the models of the pass
     * @param gradient output, as long as the example
     */
    void read(int slot, float[] gradient);
  }
}
