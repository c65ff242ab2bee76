package io.gradzoo.engine.editing;

import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.scalegmn.GraphLayout;
import io.gradzoo.engine.metanet.scalegmn.RescalingGroup;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmn;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.BoundaryUpdate;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Canonicalization;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Compatibility;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Direction;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Phases;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Positions;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnHead;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnHead.WeightGauge;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnHead.WeightTerms;
import io.gradzoo.engine.network.Activation;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Samples;
import io.gradzoo.engine.network.Vectors;
import io.gradzoo.engine.training.Example;
import java.util.List;

/** Small operators on small networks, with images that these can read. */
public final class Operators {
  public static final List<String> ARCHITECTURES =
      List.of(
          "tanh:6:dense5:dense4:dense3",
          "relu:6:dense5:dense4:dense3",
          "tanh:1x6x6:conv4k3s1p0:conv3k2s1p0:gap:dense3",
          "relu:1x6x6:conv4k3s1p0:conv3k2s1p0:gap:dense3");

  private Operators() {}

  /** Bidirectional, of the group that the activation allows, with changes of a weight's size. */
  public static ScaleGmn symmetric(LayeredArchitecture architecture) {
    return symmetric(architecture, WeightTerms.GATED);
  }

  /** Likewise, with changes of weights that are made of these. */
  public static ScaleGmn symmetric(LayeredArchitecture architecture, WeightTerms terms) {
    return symmetric(architecture, terms, WeightGauge.AS_GIVEN);
  }

  /** Likewise, of networks that are read in a gauge. */
  public static ScaleGmn symmetric(
      LayeredArchitecture architecture, WeightTerms terms, WeightGauge gauge) {
    return of(
        architecture,
        architecture.activation() == Activation.RELU ? RescalingGroup.SCALE : RescalingGroup.SIGN,
        new ScaleGmnHead.ParameterDeltas(1f, terms, gauge));
  }

  /** Bidirectional. */
  public static ScaleGmn of(
      LayeredArchitecture architecture, RescalingGroup group, ScaleGmnHead head) {
    return new ScaleGmn(
        new ScaleGmnConfig(
            group,
            Direction.BIDIRECTIONAL,
            8,
            2,
            head,
            Canonicalization.SYMMETRIZED,
            Phases.AS_GIVEN,
            BoundaryUpdate.PERCEPTRON,
            2,
            2,
            Positions.DEFAULT,
            false,
            true,
            0f,
            0f,
            Compatibility.EXACT),
        GraphLayout.of(architecture));
  }

  /** Parameters with no special values, so that nothing vanishes. */
  public static float[] generic(ScaleGmn operator) {
    float[] values = operator.layout().initialize(1);
    float[] noise = Vectors.gaussian(values.length, 0.2, 2);
    for (int i = 0; i < values.length; i++) {
      values[i] += noise[i];
    }
    return values;
  }

  /** A network as an example. */
  public static Example network(LayeredArchitecture architecture, long seed) {
    float[] weights = Vectors.gaussian(architecture.parameterCount(), 0.5, seed);
    return new Example("m" + seed, architecture, ExampleParts.ofWeights(weights), 0);
  }

  /** Images of noise: 40 to train on, 12 to judge by. */
  public static ImageSupply images(LayeredArchitecture architecture) {
    return new Noise(architecture.id());
  }

  private record Noise(String architecture) implements ImageSupply {
    @Override
    public Samples training() {
      return samples(40, 5);
    }

    @Override
    public Samples judging() {
      return samples(12, 6);
    }

    private Samples samples(int count, long seed) {
      LayeredArchitecture networks = LayeredArchitecture.parse(architecture);
      return new Samples(
          networks.input(),
          networks.outputs(),
          Vectors.gaussian(count * networks.input().size(), 1, seed),
          Vectors.labels(count, networks.outputs(), seed));
    }
  }
}
