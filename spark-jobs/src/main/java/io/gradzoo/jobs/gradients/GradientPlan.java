package io.gradzoo.jobs.gradients;

import io.gradzoo.datasets.split.StableHash;
import io.gradzoo.engine.gradient.ConvolutionForm;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import io.gradzoo.engine.network.transformer.TransformerLayer;
import io.gradzoo.engine.network.transformer.TransformerLayer.Embedding;
import io.gradzoo.jobs.config.GradientsConfig;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.family.ConvolutionStorage;
import io.gradzoo.jobs.family.LayerPart;
import io.gradzoo.jobs.family.LayerSize;
import java.io.Serializable;
import java.util.List;

/**
 * How gradient sets are taken.
 *
 * @param probes on what
 * @param rule of what
 * @param convolutions what is kept of convolutions
 * @param chunkBytes most bytes of factors in one piece
 * @param unservable what becomes of members whose gradients float32 cannot hold
 * @param seed that the seeds of sampled labels are drawn from
 * @param configHash of all that
 * @param codeVersion identity of the code that takes them, the members' included
 */
record GradientPlan(
    Probes probes,
    SignalRule rule,
    ConvolutionStorage convolutions,
    int chunkBytes,
    GradientsConfig.Unservable unservable,
    long seed,
    String configHash,
    String codeVersion)
    implements Serializable {
  /** Chunks of many samples are multiples of this, so that the engine's own come out even. */
  private static final int ALIGNMENT = 64;

  static GradientPlan of(GradzooConfig config, Probes probes, String codeVersion) {
    GradientsConfig gradients = config.gradients();
    return new GradientPlan(
        probes,
        new SignalRule(gradients.signal(), gradients.loss(), gradients.output()),
        gradients.convolutions(),
        gradients.chunkBytes(),
        gradients.unservable(),
        config.seed(),
        config.effective().gradientsHash(),
        codeVersion);
  }

  /** The same with another code version. */
  GradientPlan by(String code) {
    return new GradientPlan(
        probes, rule, convolutions, chunkBytes, unservable, seed, configHash, code);
  }

  /** The seed of a set's labels, if they are sampled. */
  long labelSeed(String memberId, String role) {
    return StableHash.of(seed, memberId + "/" + role + "/labels");
  }

  /** Whether sample gradients of a layer are kept, and not the moments alone. */
  boolean keepsGradients(LayerPart part) {
    return !(part instanceof LayerPart.OfLayer of) || keepsGradients(of.gradients().layer());
  }

  private boolean keepsGradients(AffineLayer layer) {
    return !layer.convolution() || convolutions.kind() != ConvolutionStorage.Kind.MOMENTS;
  }

  /** The form in which gradients of convolutions are taken. */
  ConvolutionForm form() {
    return convolutions.kind() == ConvolutionStorage.Kind.MAPS
        ? ConvolutionForm.FACTORS
        : ConvolutionForm.GRADIENTS;
  }

  /** Where the gradients of a layer are kept. */
  private GradientTable tableOf(AffineLayer layer) {
    return layer.convolution() && fills(GradientTable.LOWRANK)
        ? GradientTable.LOWRANK
        : GradientTable.FACTORS;
  }

  /** Whether the table is written. */
  boolean fills(GradientTable table) {
    return table != GradientTable.LOWRANK || convolutions.kind() == ConvolutionStorage.Kind.LOWRANK;
  }

  /** Most samples whose gradients are taken in one piece. */
  int chunk(Architecture architecture) {
    long bytes = layers(architecture).stream().mapToLong(LayerSize::sampleBytes).sum();
    int most = (int) Math.max(1, chunkBytes / bytes);
    return most > ALIGNMENT ? most - most % ALIGNMENT : most;
  }

  /** What the gradients of each layer take, in the order of the layers. */
  List<LayerSize> layers(Architecture architecture) {
    if (architecture instanceof TransformerArchitecture transformer) {
      return transformer.layout().layers().stream()
          .map(layer -> ofTokens(layer, transformer.positions()))
          .toList();
    }
    return ((LayeredArchitecture) architecture)
        .affineLayers().stream()
            .map(
                layer ->
                    new LayerSize(
                        sampleBytes(layer),
                        storedBytes(layer),
                        tableOf(layer),
                        (long) layer.weightCount() + layer.out()))
            .toList();
  }

  /** Factors of every token; tokens of embeddings have an id in place of inputs. */
  private static LayerSize ofTokens(TransformerLayer layer, int tokens) {
    long inputs = layer instanceof Embedding ? 1 : layer.in().width();
    long bytes = (inputs + layer.out().width()) * tokens * Float.BYTES;
    return new LayerSize(bytes, bytes, GradientTable.FACTORS, layer.size());
  }

  private long sampleBytes(AffineLayer layer) {
    if (!layer.convolution()) {
      return Float.BYTES * ((long) layer.in() + layer.out());
    }
    return form() == ConvolutionForm.FACTORS
        ? Float.BYTES * ((long) layer.input().size() + layer.output().size())
        : Float.BYTES * ((long) layer.weightCount() + layer.out());
  }

  private long storedBytes(AffineLayer layer) {
    if (!keepsGradients(layer)) {
      return 0;
    }
    return tableOf(layer) == GradientTable.LOWRANK
        ? Float.BYTES * (convolutions.rank() * ((long) layer.fanIn() + layer.out()) + layer.out())
        : sampleBytes(layer);
  }
}
