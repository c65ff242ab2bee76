package io.gradzoo.engine.network;

import java.util.Arrays;
import java.util.List;

/** Hidden neurons, or channels, whose activation is the same number whatever the network sees. */
public final class DeadNeurons {
  /** Activations that differ by less are the same. */
  private static final float EQUAL = 1e-6f;

  private DeadNeurons() {}

  /**
   * Counts those of a network on some samples. The channels before a global pooling are seen by
   * their means.
   *
   * @param parameters flat vector
   * @throws IllegalArgumentException if the samples do not fit
   */
  public static int count(LayeredArchitecture architecture, float[] parameters, Samples samples) {
    List<AffineLayer> layers = architecture.affineLayers();
    int capacity = Math.min(samples.size(), TrainableLayers.CONVOLUTION_CHUNK);
    BatchedNetwork network = new BatchedNetwork(architecture, capacity);
    network.load(parameters, 0);
    float[][] least = new float[layers.size()][];
    float[][] greatest = new float[layers.size()][];
    for (int first = 0; first < samples.size(); first += capacity) {
      int batch = Math.min(capacity, samples.size() - first);
      network.forward(samples.inputs(), first * samples.shape().size(), batch);
      for (AffineLayer layer : layers.subList(1, layers.size())) {
        int width = layer.input().size();
        float[] activations = new float[batch * width];
        network.copyInputs(layer.index(), activations, 0);
        if (least[layer.index()] == null) {
          least[layer.index()] = Arrays.copyOf(activations, width);
          greatest[layer.index()] = Arrays.copyOf(activations, width);
        }
        extend(activations, least[layer.index()], greatest[layer.index()]);
      }
    }
    int dead = 0;
    for (AffineLayer layer : layers.subList(1, layers.size())) {
      int channels = layers.get(layer.index() - 1).out();
      dead += constant(least[layer.index()], greatest[layer.index()], channels);
    }
    return dead;
  }

  private static void extend(float[] activations, float[] least, float[] greatest) {
    int width = least.length;
    for (int i = 0; i < activations.length; i++) {
      least[i % width] = Math.min(least[i % width], activations[i]);
      greatest[i % width] = Math.max(greatest[i % width], activations[i]);
    }
  }

  /** Channels all of whose positions are constant; numbers lie channel by channel. */
  private static int constant(float[] least, float[] greatest, int channels) {
    int positions = least.length / channels;
    int constant = 0;
    for (int channel = 0; channel < channels; channel++) {
      boolean same = true;
      for (int i = channel * positions; i < (channel + 1) * positions; i++) {
        same &= greatest[i] - least[i] <= EQUAL;
      }
      constant += same ? 1 : 0;
    }
    return constant;
  }
}
