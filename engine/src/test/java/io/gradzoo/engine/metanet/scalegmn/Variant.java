package io.gradzoo.engine.metanet.scalegmn;

import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.BoundaryUpdate;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Canonicalization;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Compatibility;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Direction;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.HiddenEncoding;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Phases;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Positions;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.ReadoutNodes;
import io.gradzoo.engine.network.LayeredArchitecture;
import java.util.ArrayList;
import java.util.List;

/**
 * A small ScaleGMN and a target network for it.
 *
 * @param name for the test's title
 */
record Variant(String name, ScaleGmnConfig config, LayeredArchitecture architecture) {
  private static final int WIDTH = 8;

  /** Kernels of two sizes, then a dense layer. */
  private static final String CNN = "1x8x8:conv4k3s1p0:conv5k1s1p0:conv4k3s1p0:gap:dense3";

  private static final String MLP = "3:dense5:dense4:dense2";
  private static final String SIREN = "2:dense5:dense6:dense1";

  @Override
  public String toString() {
    return name;
  }

  ScaleGmn build() {
    return new ScaleGmn(config, GraphLayout.of(architecture));
  }

  /** The same with other networks or another way to compute. */
  Variant with(RescalingGroup symmetry, Compatibility compatibility) {
    return new Variant(
        name + " " + symmetry + " " + compatibility,
        config(
            symmetry,
            config.direction(),
            config.head(),
            config.canonicalization(),
            config.phases(),
            config.boundary(),
            config.positions(),
            compatibility),
        architecture);
  }

  /** Every symmetry, direction, head and canonical form, on every kind of network it is for. */
  static List<Variant> all() {
    List<Variant> variants = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      for (String network : List.of("relu:" + CNN, "relu:" + MLP)) {
        variants.addAll(
            heads(RescalingGroup.SCALE, direction, Canonicalization.SYMMETRIZED, network));
        variants.addAll(
            heads(RescalingGroup.HETERO, direction, Canonicalization.ABSOLUTE, network));
        variants.addAll(
            heads(RescalingGroup.PERMUTATION, direction, Canonicalization.SYMMETRIZED, network));
      }
      for (String network : List.of("tanh:" + CNN, "tanh:" + MLP, "sine30:" + SIREN)) {
        for (Canonicalization form : Canonicalization.values()) {
          variants.addAll(heads(RescalingGroup.SIGN, direction, form, network));
        }
        variants.addAll(
            heads(RescalingGroup.HETERO, direction, Canonicalization.SYMMETRIZED, network));
      }
    }
    return variants;
  }

  /** Other boundaries and positional encodings, for the group that is hardest to respect. */
  static List<Variant> options() {
    Positions network =
        new Positions(HiddenEncoding.EQUIVARIANT_NETWORK, true, 2, false, false, false);
    Positions edges = new Positions(HiddenEncoding.PRODUCT, false, 3, true, false, false);
    Positions everywhere =
        new Positions(HiddenEncoding.EQUIVARIANT_NETWORK, true, 3, true, true, true);
    List<Variant> variants = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      for (Positions positions : List.of(network, edges, everywhere)) {
        for (BoundaryUpdate boundary : BoundaryUpdate.values()) {
          for (String text : List.of("relu:" + CNN, "tanh:" + MLP)) {
            LayeredArchitecture architecture = LayeredArchitecture.parse(text);
            ScaleGmnHead head = new ScaleGmnHead.Invariant(ReadoutNodes.FULL_GRAPH, 2);
            ScaleGmnConfig config =
                config(
                    RescalingGroup.HETERO,
                    direction,
                    head,
                    Canonicalization.SYMMETRIZED,
                    Phases.AS_GIVEN,
                    boundary,
                    positions,
                    Compatibility.EXACT);
            variants.add(
                new Variant(
                    String.join(" ", direction.name(), boundary.name(), positions.toString(), text),
                    config,
                    architecture));
          }
        }
      }
    }
    return variants;
  }

  /** A forward or bidirectional ScaleGMN for ReLU networks that predicts one number. */
  static Variant relu(Direction direction) {
    return of(
        RescalingGroup.SCALE,
        direction,
        new ScaleGmnHead.Invariant(ReadoutNodes.LAST_LAYER, 1),
        Canonicalization.SYMMETRIZED,
        "relu:" + CNN);
  }

  /** A forward ScaleGMN for sine networks that predicts one number. */
  static Variant sine(Phases phases) {
    Variant variant =
        of(
            RescalingGroup.SIGN,
            Direction.FORWARD,
            new ScaleGmnHead.Invariant(ReadoutNodes.FULL_GRAPH, 1),
            Canonicalization.SYMMETRIZED,
            "sine30:" + SIREN);
    ScaleGmnConfig c = variant.config;
    return new Variant(
        variant.name + " " + phases,
        config(
            c.symmetry(),
            c.direction(),
            c.head(),
            c.canonicalization(),
            phases,
            c.boundary(),
            c.positions(),
            c.compatibility()),
        variant.architecture);
  }

  private static List<Variant> heads(
      RescalingGroup symmetry, Direction direction, Canonicalization form, String network) {
    int kernel = GraphLayout.of(LayeredArchitecture.parse(network)).edgeWidth();
    List<Variant> variants = new ArrayList<>();
    for (ScaleGmnHead head :
        List.of(
            new ScaleGmnHead.Invariant(ReadoutNodes.LAST_LAYER, 1),
            new ScaleGmnHead.Invariant(ReadoutNodes.FULL_GRAPH, 3),
            new ScaleGmnHead.ParameterDeltas(0.01f),
            new ScaleGmnHead.GraphDeltas(kernel))) {
      variants.add(of(symmetry, direction, head, form, network));
    }
    return variants;
  }

  private static Variant of(
      RescalingGroup symmetry,
      Direction direction,
      ScaleGmnHead head,
      Canonicalization form,
      String network) {
    ScaleGmnConfig config =
        config(
            symmetry,
            direction,
            head,
            form,
            Phases.AS_GIVEN,
            BoundaryUpdate.PERCEPTRON,
            Positions.DEFAULT,
            Compatibility.EXACT);
    String name =
        String.join(" ", symmetry.name(), direction.name(), head.toString(), form.name(), network);
    return new Variant(name, config, LayeredArchitecture.parse(network));
  }

  private static ScaleGmnConfig config(
      RescalingGroup symmetry,
      Direction direction,
      ScaleGmnHead head,
      Canonicalization form,
      Phases phases,
      BoundaryUpdate boundary,
      Positions positions,
      Compatibility compatibility) {
    return new ScaleGmnConfig(
        symmetry,
        direction,
        WIDTH,
        3,
        head,
        form,
        phases,
        boundary,
        2,
        3,
        positions,
        true,
        true,
        0f,
        0f,
        compatibility);
  }
}
