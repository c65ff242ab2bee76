package io.gradzoo.engine.gradient;

/** The form in which a convolution's per-sample gradients are stored. */
public enum ConvolutionForm {
  /** Full gradients with positions summed, {@link ConvolutionGradients}: for zoos the smaller. */
  GRADIENTS,
  /** Input maps and signals at every position, {@link ConvolutionFactors}: for K-FAC. */
  FACTORS
}
