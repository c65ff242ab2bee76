package io.gradzoo.jobs.gradients;

import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.jobs.CodeVersion;
import io.gradzoo.jobs.config.GradientsConfig;
import io.gradzoo.jobs.config.GradientsConfig.Convolutions;
import io.gradzoo.jobs.config.GradzooConfig;
import java.io.Serializable;

/**
 * How gradient sets are taken.
 *
 * @param probes on what
 * @param rule of what
 * @param convolutions what is kept of convolutions
 * @param chunkBytes most bytes of factors in one piece
 * @param configHash of all that
 * @param codeVersion of this build
 */
record GradientPlan(
    Probes probes,
    SignalRule rule,
    Convolutions convolutions,
    int chunkBytes,
    String configHash,
    String codeVersion)
    implements Serializable {
  /** Chunks of many samples are multiples of this, so that the engine's own come out even. */
  private static final int ALIGNMENT = 64;

  static GradientPlan of(GradzooConfig config, Probes probes) {
    GradientsConfig gradients = config.gradients();
    return new GradientPlan(
        probes,
        new SignalRule(gradients.signal(), gradients.loss(), gradients.output()),
        gradients.convolutions(),
        gradients.chunkBytes(),
        config.effective().gradientsHash(),
        CodeVersion.current());
  }

  /** Whether rows of {@code layer_factors} are kept for a layer. */
  boolean keepsFactors(AffineLayer layer) {
    return !layer.convolution() || convolutions == Convolutions.FULL;
  }

  /** Most samples whose gradients are taken in one piece. */
  int chunk(Architecture architecture) {
    long bytes = 0;
    for (AffineLayer layer : architecture.affineLayers()) {
      bytes += sampleBytes(layer);
    }
    int most = (int) Math.max(1, chunkBytes / bytes);
    return most > ALIGNMENT ? most - most % ALIGNMENT : most;
  }

  /** Bytes of one sample's gradient in a layer, as it is computed. */
  static long sampleBytes(AffineLayer layer) {
    long left = layer.convolution() ? layer.weightCount() : layer.in();
    return Float.BYTES * (left + layer.out());
  }
}
