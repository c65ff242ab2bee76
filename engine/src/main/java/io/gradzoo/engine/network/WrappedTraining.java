package io.gradzoo.engine.network;

/** A network under training that is another one but for what it overrides. */
public interface WrappedTraining extends TrainableNetwork {
  /** The other. */
  TrainableNetwork network();

  @Override
  default Architecture architecture() {
    return network().architecture();
  }

  @Override
  default void requireFit(String what, Samples samples) {
    network().requireFit(what, samples);
  }

  @Override
  default void addPenalty(float slope, float[] parameters, float[] gradient) {
    network().addPenalty(slope, parameters, gradient);
  }

  @Override
  default LossAndAccuracy evaluate(float[] parameters, Samples samples, int[] rows) {
    return network().evaluate(parameters, samples, rows);
  }
}
