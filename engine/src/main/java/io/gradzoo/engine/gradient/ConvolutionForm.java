package io.gradzoo.engine.gradient;

/** What is kept of a convolution's sample gradients. */
public enum ConvolutionForm {
  /** Full gradients with positions summed, {@link ConvolutionGradients}: for zoos the smaller. */
  GRADIENTS,
  /** Input maps and signals at every position, {@link ConvolutionFactors}: for K-FAC. */
  FACTORS
}
