package io.gradzoo.engine.gradient;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import java.util.List;

/**
 * Arrays for the sample gradients of one set, which an extraction fills again and again.
 *
 * @param values the differentiated number of each sample, [samples]
 * @param layers one per affine layer; their arrays are the memory
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
public record SampleGradients(
    LayeredArchitecture architecture, float[] values, List<LayerGradients> layers) {
  public SampleGradients {
    layers = List.copyOf(layers);
  }

  /**
   * Zeros for a set.
   *
   * @param samples positive
   */
  public static SampleGradients allocate(
      LayeredArchitecture architecture, ConvolutionForm form, int samples) {
    if (samples <= 0) {
      throw Fault.of("gradient set of " + architecture)
          .expected("at least one sample")
          .found(samples)
          .exception();
    }
    return new SampleGradients(
        architecture,
        new float[samples],
        architecture.affineLayers().stream().map(layer -> zeros(layer, form, samples)).toList());
  }

  /** Number of samples. */
  public int samples() {
    return values.length;
  }

  private static LayerGradients zeros(AffineLayer layer, ConvolutionForm form, int samples) {
    if (!layer.convolution()) {
      return new DenseFactors(
          layer, new float[samples * layer.in()], new float[samples * layer.out()]);
    }
    return switch (form) {
      case GRADIENTS ->
          new ConvolutionGradients(
              layer, new float[samples * layer.weightCount()], new float[samples * layer.out()]);
      case FACTORS ->
          new ConvolutionFactors(
              layer,
              new float[samples * layer.input().size()],
              new float[samples * layer.output().size()]);
    };
  }
}
