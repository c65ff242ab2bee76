package io.gradzoo.jobs.config;

/** A metanetwork that reads gradient sets. */
public sealed interface GradientNetworkConfig extends MetanetworkConfig
    permits GradMetaNetConfig,
        GradMetaNetPlusPlusConfig,
        GradMetaNetConvolutionConfig,
        GradMetaNetTransformerConfig,
        HybridConfig,
        GradientDeepSetsConfig,
        NeuronMlpConfig {

  /** Where its predictions of a Fisher diagonal start from. */
  enum Estimate {
    /** From nothing: the network says the whole number. */
    NONE,
    /** From the mean of the given squared gradients, whose samples it weighs; our own. */
    REWEIGHTED
  }

  /** Where its predictions of a Fisher diagonal start from. */
  Estimate estimate();
}
