package io.gradzoo.jobs.gradients;

import io.gradzoo.datasets.split.ContentHash;
import io.gradzoo.datasets.split.StableHash;
import io.gradzoo.engine.device.ProductPrecision;
import io.gradzoo.engine.gradient.ConvolutionForm;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.jobs.code.CodeVersion;
import io.gradzoo.jobs.config.GradientsConfig;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.device.DeviceSettings;
import io.gradzoo.jobs.family.ConvolutionStorage;
import io.gradzoo.jobs.family.LayerPart;
import io.gradzoo.jobs.family.LayerSize;
import io.gradzoo.jobs.family.registry.BuiltInGradients;
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
 * @param device what takes them; products are in float32, since gradient sets are exact
 * @param configHash of all that, and of how the members are made
 * @param how identity of how sets are taken, whatever members there are, and of the code
 * @param codeVersion identity of the code that takes them, the members' included
 */
record GradientPlan(
    Probes probes,
    SignalRule rule,
    ConvolutionStorage convolutions,
    int chunkBytes,
    GradientsConfig.Unservable unservable,
    long seed,
    DeviceSettings device,
    String configHash,
    String how,
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
        config.device().with(ProductPrecision.FLOAT32),
        config.effective().gradientsHash(),
        how(config, probes),
        codeVersion);
  }

  private static String how(GradzooConfig config, Probes probes) {
    StringBuilder text = new StringBuilder(config.effective().gradientSettingsHash());
    text.append('/').append(config.seed()).append('/').append(probes.identity());
    for (GradientTable table : GradientTable.values()) {
      text.append('/').append(table.schema().version());
    }
    text.append('/').append(CodeVersion.of(GradientComputation.class));
    return ContentHash.of(text.toString());
  }

  /** The same with another code version. */
  GradientPlan by(String code) {
    return new GradientPlan(
        probes, rule, convolutions, chunkBytes, unservable, seed, device, configHash, how, code);
  }

  /** The seed of a set's labels, if they are sampled. */
  long labelSeed(String memberId, String role) {
    return StableHash.of(seed, memberId + "/" + role + "/labels");
  }

  /** Whether sample gradients of a layer are kept, and not the moments alone. */
  boolean keepsGradients(LayerPart part) {
    return !part.convolution() || convolutions.keepsConvolutions();
  }

  /** The form in which gradients of convolutions are taken. */
  ConvolutionForm form() {
    return convolutions.kind() == ConvolutionStorage.Representation.MAPS
        ? ConvolutionForm.FACTORS
        : ConvolutionForm.GRADIENTS;
  }

  /** Whether the table is written. */
  boolean fills(GradientTable table) {
    return table != GradientTable.LOWRANK
        || convolutions.kind() == ConvolutionStorage.Representation.LOWRANK;
  }

  /** Most samples whose gradients are taken in one piece. */
  int chunk(Architecture architecture) {
    long bytes = layers(architecture).stream().mapToLong(LayerSize::sampleBytes).sum();
    int most = (int) Math.max(1, chunkBytes / bytes);
    return most > ALIGNMENT ? most - most % ALIGNMENT : most;
  }

  /** Samples of the largest set of a member. */
  int largestSet() {
    return probes.sizes().stream().mapToInt(Probes.Size::samples).max().orElseThrow();
  }

  /** What the gradients of each layer take, in the order of the layers. */
  List<LayerSize> layers(Architecture architecture) {
    return BuiltInGradients.of(architecture).sizes(architecture, convolutions);
  }
}
