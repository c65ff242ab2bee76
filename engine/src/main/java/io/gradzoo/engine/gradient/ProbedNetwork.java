package io.gradzoo.engine.gradient;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;

/**
 * A network and what its gradients are taken on.
 *
 * @param parameters flat vector that starts at {@code parameterOffset}, finite
 * @param inputs the probe set, [samples, input size], channel-major
 * @param samples positive
 * @param signal what is differentiated
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
public record ProbedNetwork(
    float[] parameters, int parameterOffset, float[] inputs, int samples, Signal signal) {

  /**
   * Requires that they fit.
   *
   * @throws IllegalArgumentException if inputs, targets or parameters do not
   */
  void requireFit(LayeredArchitecture architecture) {
    int size = architecture.input().size();
    if (inputs.length != samples * size) {
      throw Fault.of("gradient set of " + architecture)
          .expected(
              "a probe set of "
                  + samples
                  + " inputs of "
                  + architecture.input()
                  + " ("
                  + samples * size
                  + " numbers)")
          .found(inputs.length + " numbers")
          .fix("probe images of the network's shape")
          .exception();
    }
    signal.require(architecture.id(), architecture.outputs(), samples);
    for (AffineLayer layer : architecture.affineLayers()) {
      int end = parameterOffset + layer.biasOffset() + layer.out();
      for (int i = parameterOffset + layer.weightOffset(); i < end; i++) {
        if (!Float.isFinite(parameters[i])) {
          throw Fault.of("gradient set of " + architecture)
              .expected("finite parameters")
              .found(
                  parameters[i] + " at " + (i - parameterOffset) + " (layer " + layer.index() + ")")
              .exception();
        }
      }
    }
  }
}
