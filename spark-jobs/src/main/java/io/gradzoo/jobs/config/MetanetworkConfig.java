package io.gradzoo.jobs.config;

/** Which metanetwork a model is, and its sizes. */
public sealed interface MetanetworkConfig permits ScaleGmnConfig, GradientNetworkConfig {
  /** The name that stands in run directories and configs. */
  String kind();
}
