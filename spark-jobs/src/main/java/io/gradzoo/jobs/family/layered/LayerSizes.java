package io.gradzoo.jobs.family.layered;

import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.jobs.family.ConvolutionStorage;
import io.gradzoo.jobs.family.LayerSize;

/** Room that gradients of affine layers take. */
final class LayerSizes {
  private LayerSizes() {}

  static LayerSize of(AffineLayer layer, ConvolutionStorage convolutions) {
    boolean lowRank =
        layer.convolution() && convolutions.kind() == ConvolutionStorage.Representation.LOWRANK;
    long sample = sampleBytes(layer, convolutions);
    long stored =
        lowRank
            ? Float.BYTES
                * (convolutions.rank() * ((long) layer.fanIn() + layer.out()) + layer.out())
            : sample;
    return new LayerSize(
        sample,
        layer.convolution() && !convolutions.keepsConvolutions() ? 0 : stored,
        lowRank ? LayerSize.StoredForm.LOW_RANK : LayerSize.StoredForm.FACTORS,
        (long) layer.weightCount() + layer.out());
  }

  private static long sampleBytes(AffineLayer layer, ConvolutionStorage convolutions) {
    if (!layer.convolution()) {
      return Float.BYTES * ((long) layer.in() + layer.out());
    }
    return convolutions.kind() == ConvolutionStorage.Representation.MAPS
        ? Float.BYTES * ((long) layer.input().size() + layer.output().size())
        : Float.BYTES * ((long) layer.weightCount() + layer.out());
  }
}
