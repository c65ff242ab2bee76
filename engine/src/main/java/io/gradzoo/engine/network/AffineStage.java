package io.gradzoo.engine.network;

/** One affine layer of a {@link BatchedNetwork} with its buffers: u = W a + b. */
interface AffineStage {

  AffineLayer layer();

  /** a, as the last forward got it. */
  BatchBuffer inputs();

  /** u. */
  BatchBuffer outputs();

  /** g = ∂ loss / ∂u of each sample. */
  BatchBuffer signals();

  /** Refers to a network's parameters, which stay as they are until the next load. */
  void load(float[] parameters, int parameterOffset);

  /**
   * u = W a + b.
   *
   * @param inputs of the form that the stage reads; kept until the next forward
   */
  void forward(int batch, BatchBuffer inputs);

  /**
   * ∂ loss / ∂a from the signals.
   *
   * @param inputSignals written, of the form of the inputs
   */
  void backward(int batch, BatchBuffer inputSignals);

  /** gradient += scale · Σ over the batch of the sample gradients, weight and bias. */
  void addGradient(int batch, float scale, float[] gradient);

  /**
   * ∂ loss / ∂W [out, fan-in] and ∂ loss / ∂b [out] of every sample, in stored order.
   *
   * @param weightStep distance between the weights of two samples
   * @param biasStep distance between the biases of two samples
   */
  void sampleGradients(
      int batch,
      float[] weights,
      int weightAt,
      int weightStep,
      float[] biases,
      int biasAt,
      int biasStep);
}
