package io.gradzoo.jobs.sql;

import io.gradzoo.engine.network.Activation;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.symmetry.NeuronPermutation;
import io.gradzoo.engine.symmetry.PositiveScaling;
import io.gradzoo.engine.symmetry.SignFlip;
import io.gradzoo.engine.symmetry.Symmetry;
import io.gradzoo.engine.symmetry.SymmetryDistance;
import java.util.Arrays;
import scala.collection.Seq;

/** Functions of the weights in a row of {@code members}. */
final class NetworkFunctions {
  private NetworkFunctions() {}

  /** The weight matrix of a layer, [out][fan-in]. */
  static float[][] weights(Object architecture, Object parameters, Object layer) {
    if (architecture == null || parameters == null || layer == null) {
      return null;
    }
    return Arguments.checked(
        "gradzoo_weights",
        () -> {
          LayeredArchitecture network = Arguments.architecture(architecture);
          AffineLayer affine = Arguments.layer(network, layer);
          float[] flat = Arguments.parameters(network, parameters);
          float[][] matrix = new float[affine.out()][];
          for (int o = 0; o < matrix.length; o++) {
            int row = affine.weightOffset() + o * affine.fanIn();
            matrix[o] = Arrays.copyOfRange(flat, row, row + affine.fanIn());
          }
          return matrix;
        });
  }

  /** The biases of a layer, [out]. */
  static float[] biases(Object architecture, Object parameters, Object layer) {
    if (architecture == null || parameters == null || layer == null) {
      return null;
    }
    return Arguments.checked(
        "gradzoo_biases",
        () -> {
          LayeredArchitecture network = Arguments.architecture(architecture);
          AffineLayer affine = Arguments.layer(network, layer);
          float[] flat = Arguments.parameters(network, parameters);
          return Arrays.copyOfRange(flat, affine.biasOffset(), affine.biasOffset() + affine.out());
        });
  }

  /** The parameters with hidden neurons in another order. */
  static float[] permute(Object architecture, Object parameters, Object orders) {
    if (architecture == null || parameters == null || orders == null) {
      return null;
    }
    return Arguments.checked(
        "gradzoo_permute",
        () -> {
          Seq<?> layers = Arguments.elements(orders);
          int[][] order = new int[layers.size()][];
          for (int l = 0; l < order.length; l++) {
            order[l] = Arguments.integers(layers.apply(l));
          }
          return changed(architecture, parameters, new NeuronPermutation(order));
        });
  }

  /** The parameters with hidden neurons multiplied. */
  static float[] rescale(Object architecture, Object parameters, Object factors) {
    if (architecture == null || parameters == null || factors == null) {
      return null;
    }
    return Arguments.checked(
        "gradzoo_rescale",
        () -> {
          Seq<?> layers = Arguments.elements(factors);
          float[][] factor = new float[layers.size()][];
          for (int l = 0; l < factor.length; l++) {
            factor[l] = Arguments.floats(layers.apply(l));
          }
          boolean relu = Arguments.architecture(architecture).activation() == Activation.RELU;
          return changed(
              architecture, parameters, relu ? new PositiveScaling(factor) : new SignFlip(factor));
        });
  }

  private static float[] changed(Object text, Object parameters, Symmetry symmetry) {
    LayeredArchitecture architecture = Arguments.architecture(text);
    return symmetry.apply(architecture, Arguments.parameters(architecture, parameters));
  }

  /** The distance up to symmetry of two networks of one architecture. */
  static Double distance(Object architecture, Object first, Object second) {
    if (architecture == null || first == null || second == null) {
      return null;
    }
    return Arguments.checked(
        "gradzoo_distance",
        () -> {
          LayeredArchitecture network = Arguments.architecture(architecture);
          return SymmetryDistance.between(
              network, Arguments.parameters(network, first), Arguments.parameters(network, second));
        });
  }
}
