package io.gradzoo.engine.metanet.baseline;

import io.gradzoo.engine.kernel.CpuKernels;
import io.gradzoo.engine.kernel.Kernels;
import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.MetanetworkSpec;
import io.gradzoo.engine.metanet.Mlp;
import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * DeepSets (Zaheer et al. 2017) on the parameters of a network: each tensor is the set of its
 * numbers, embedded one by one by a perceptron of its own and averaged; a perceptron reads the
 * averages. Invariant to far more than permutations of neurons, and blind to what is connected with
 * what.
 */
public final class DeepSets implements Metanetwork {
  private static final int GROUP = 8;

  /** A DeepSets for networks of so many affine layers. */
  public record Spec(int depth, int width) implements MetanetworkSpec {
    @Override
    public Metanetwork build() {
      return new DeepSets(depth, width);
    }
  }

  private final ParameterLayout layout = new ParameterLayout();
  private final List<Mlp> weights = new ArrayList<>();
  private final List<Mlp> biases = new ArrayList<>();
  private final Mlp global;
  private final Kernels kernels = CpuKernels.best();

  /**
   * @param depth affine layers of every target network
   * @param width of embeddings and hidden layers
   */
  public DeepSets(int depth, int width) {
    Mlp.Style style = new Mlp.Style(width, true, 0f);
    for (int l = 0; l < depth; l++) {
      weights.add(Mlp.register(layout, "weight." + l, 1, width, style));
      biases.add(Mlp.register(layout, "bias." + l, 1, width, style));
    }
    global = Mlp.register(layout, "global", 2 * depth * width, 1, style);
  }

  @Override
  public ParameterLayout layout() {
    return layout;
  }

  @Override
  public int groupSize(Architecture architecture) {
    return GROUP;
  }

  @Override
  public Program compile(
      Architecture architecture, Parameters parameters, int capacity, Tape.Mode mode) {
    List<AffineLayer> layers = architecture.affineLayers();
    if (layers.size() != weights.size()) {
      throw new IllegalArgumentException(
          "network "
              + architecture
              + " has "
              + layers.size()
              + " affine layers, but this DeepSets reads "
              + weights.size());
    }
    Tape tape = new Tape(kernels, parameters, capacity, mode);
    Tensor[] sets = new Tensor[2 * layers.size()];
    Tensor[] means = new Tensor[sets.length];
    for (AffineLayer layer : layers) {
      int l = layer.index();
      sets[2 * l] = tape.input(layer.weightCount(), 1);
      sets[2 * l + 1] = tape.input(layer.out(), 1);
      means[2 * l] = tape.meanRows(weights.get(l).apply(tape, sets[2 * l]));
      means[2 * l + 1] = tape.meanRows(biases.get(l).apply(tape, sets[2 * l + 1]));
    }
    Program.ExampleWriter writer =
        (slot, example) -> {
          for (AffineLayer layer : layers) {
            copy(example, layer.weightOffset(), sets[2 * layer.index()], slot);
            copy(example, layer.biasOffset(), sets[2 * layer.index() + 1], slot);
          }
        };
    return new Program(tape, writer, List.of(global.apply(tape, means)));
  }

  private static void copy(float[] example, int from, Tensor set, int slot) {
    System.arraycopy(example, from, set.values(), slot * set.rows(), set.rows());
  }
}
