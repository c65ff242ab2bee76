package io.gradzoo.engine.metanet.scalegmn;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a target network's graph the parameters of a {@link ScaleGmn} depend on; hidden widths
 * are free.
 *
 * @param inputs number of input nodes n₀: channels, or inputs of an MLP
 * @param depth number of affine layers L
 * @param outputs number of output nodes n_L
 * @param kernel side of the largest kernel; 1 for MLPs
 */
public record GraphLayout(int inputs, int depth, int outputs, int kernel) implements Serializable {

  /** The layout of an architecture's own graph. */
  public static GraphLayout of(LayeredArchitecture architecture) {
    List<AffineLayer> layers = architecture.affineLayers();
    int kernel = layers.stream().mapToInt(AffineLayer::kernel).max().orElseThrow();
    return new GraphLayout(layers.get(0).in(), layers.size(), architecture.outputs(), kernel);
  }

  /** Numbers of an edge: kernel². */
  public int edgeWidth() {
    return kernel * kernel;
  }

  /** One type for each input node, each hidden layer, each output node. */
  int nodeTypes() {
    return inputs + (depth - 1) + outputs;
  }

  /** One type for the edges of each input node, each middle layer, each output node. */
  int edgeTypes() {
    return inputs + (depth - 2) + outputs;
  }

  /**
   * Refuses a network this layout's parameters do not fit.
   *
   * @throws IllegalArgumentException naming every difference
   */
  void check(LayeredArchitecture architecture) {
    GraphLayout other = of(architecture);
    List<String> expected = new ArrayList<>();
    List<String> found = new ArrayList<>();
    compare("inputs", inputs, other.inputs, expected, found);
    compare("affine layers", depth, other.depth, expected, found);
    compare("outputs", outputs, other.outputs, expected, found);
    if (other.kernel > kernel) {
      expected.add("kernels of side %d at most".formatted(kernel));
      found.add("side %d".formatted(other.kernel));
    }
    if (!expected.isEmpty()) {
      throw Fault.of("network " + architecture)
          .expected("%s, as this metanetwork was built for", String.join(", ", expected))
          .found(String.join(", ", found))
          .exception();
    }
    for (int l = 1; l < architecture.affineLayers().size(); l++) {
      AffineLayer below = architecture.affineLayers().get(l - 1);
      AffineLayer above = architecture.affineLayers().get(l);
      if (above.in() != below.out()) {
        throw Fault.of("network " + architecture)
            .found(
                "has no channel graph: layer %d reads %d numbers, layer %d has %d channels",
                l + 1, above.in(), l, below.out())
            .fix("global average pooling before the dense layer")
            .exception();
      }
    }
  }

  private static void compare(
      String what, int own, int other, List<String> expected, List<String> found) {
    if (own != other) {
      expected.add(own + " " + what);
      found.add(String.valueOf(other));
    }
  }
}
