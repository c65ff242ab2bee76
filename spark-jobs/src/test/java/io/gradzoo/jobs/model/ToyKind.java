package io.gradzoo.jobs.model;

import static io.gradzoo.jobs.model.SymmetryPromise.notices;
import static io.gradzoo.jobs.model.SymmetryPromise.respects;

import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.MetanetworkSpec;
import io.gradzoo.engine.metanet.Mlp;
import io.gradzoo.engine.metanet.Recording;
import io.gradzoo.engine.metanet.gradmetanet.InputChannels;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import io.gradzoo.jobs.config.block.Section;
import io.gradzoo.jobs.family.MemberGradients;
import io.gradzoo.jobs.family.MemberUse;
import io.gradzoo.jobs.family.Transformation;
import io.gradzoo.jobs.task.OutputShape;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A kind in one file: a perceptron of how large the factors of each sample are. */
final class ToyKind implements MetanetworkKind {
  @Override
  public String name() {
    return "toy";
  }

  @Override
  public Set<String> blocks() {
    return Set.of("toy");
  }

  @Override
  public MemberUse uses() {
    return MemberUse.FACTORS;
  }

  @Override
  public Set<OutputShape> outputs() {
    return Set.of(OutputShape.NUMBERS);
  }

  @Override
  public MetanetworkDesign read(Section model) {
    Section section = model.section("toy");
    int width = section.count("width", 1, 64);
    section.finish();
    return new Design(width);
  }

  private record Design(int width) implements MetanetworkDesign {
    @Override
    public Optional<GradientInput> gradients(int samples) {
      return Optional.of(new Sizes(samples));
    }

    @Override
    public MetanetworkSpec spec(TargetNetworks targets) {
      return new Spec(targets.samples(), width);
    }

    @Override
    public List<SymmetryPromise> symmetries(TargetNetworks targets) {
      return List.of(
          respects(Transformation.PERMUTATION),
          notices(Transformation.SET_ORDER),
          notices(Transformation.RESCALING));
    }
  }

  /** Mean |a| and |g| of each sample, [samples, 2]. */
  private record Sizes(int samples) implements GradientInput {
    @Override
    public boolean usesWeights() {
      return false;
    }

    @Override
    public ExampleParts read(MemberGradients member) {
      float[] pairs = new NeuronPairs(samples).read(member).features();
      int neurons = pairs.length / (2 * samples);
      double[] sums = new double[2 * samples];
      for (int i = 0; i < pairs.length; i++) {
        sums[i / (2 * neurons) * 2 + i % 2] += Math.abs(pairs[i]);
      }
      float[] sizes = new float[sums.length];
      for (int i = 0; i < sums.length; i++) {
        sizes[i] = (float) (sums[i] / neurons);
      }
      return ExampleParts.ofFeatures(sizes);
    }

    @Override
    public InputChannels channels(Architecture architecture) {
      int[] of = new int[2 * samples];
      for (int i = 0; i < of.length; i++) {
        of[i] = i % 2;
      }
      return new InputChannels(1, 2, 0, of);
    }
  }

  private record Spec(int samples, int width) implements MetanetworkSpec {
    @Override
    public Metanetwork build() {
      return new Toy(2 * samples, width);
    }
  }

  private static final class Toy implements Metanetwork {
    private final int inputs;
    private final ParameterLayout layout = new ParameterLayout();
    private final Mlp mlp;

    Toy(int inputs, int width) {
      this.inputs = inputs;
      this.mlp = Mlp.register(layout, "toy", inputs, 1, new Mlp.Style(width, true, 0f));
    }

    @Override
    public ParameterLayout layout() {
      return layout;
    }

    @Override
    public int groupSize(Architecture architecture) {
      return 16;
    }

    @Override
    public Recording record(Tape tape, Architecture architecture) {
      Tensor x = tape.input(1, inputs);
      return new Recording(
          (slot, example) ->
              System.arraycopy(example.features(), 0, x.values(), slot * inputs, inputs),
          List.of(mlp.apply(tape, x)));
    }
  }
}
