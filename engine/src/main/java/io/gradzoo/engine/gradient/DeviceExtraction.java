package io.gradzoo.engine.gradient;

import io.gradzoo.engine.fault.DeviceMemoryException;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.recorded.RecordedLayer;
import io.gradzoo.engine.network.recorded.RecordedLayers;
import io.gradzoo.engine.tensor.Device;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Takes gradient sets of several networks of one architecture at once, on a device: what {@link
 * GradientExtraction} takes of one, to rounding. Output signals are the host's. Not thread-safe.
 */
public final class DeviceExtraction {
  /** Numbers of a tensor that keep a GPU busy; more networks at once gain nothing. */
  private static final long TENSOR = 1 << 26;

  private final LayeredArchitecture architecture;
  private final ConvolutionForm form;
  private final int samples;
  private final Tape tape;
  private final Tensor parameters;
  private final Tensor inputs;
  private final RecordedLayers layers;
  private final Tensor outputs;
  private final float[] values;
  private final float[] networkOutputs;
  private final float[] networkSignals;

  private DeviceExtraction(
      LayeredArchitecture architecture,
      ConvolutionForm form,
      Device device,
      int samples,
      int networks) {
    this.architecture = architecture;
    this.form = form;
    this.samples = samples;
    this.tape = new Tape(device, Parameters.over(new float[0]), networks, Tape.Mode.TRAINING);
    this.parameters = tape.differentiableInput(architecture.parameterCount(), 1);
    this.inputs = tape.input(samples, architecture.input().size());
    this.layers = new RecordedLayers(tape, architecture, samples, parameters, inputs);
    this.outputs = tape.output(layers.outputs());
    layers.layers().forEach(this::watch);
    tape.seal();
    this.values = new float[samples];
    this.networkOutputs = new float[samples * architecture.outputs()];
    this.networkSignals = new float[samples * architecture.outputs()];
  }

  /**
   * A workspace for as many networks as keep a device busy, or as its memory holds.
   *
   * @param form what is kept of convolutions
   * @param samples most of a set
   * @param most networks at once, positive
   * @throws DeviceMemoryException if the device's memory does not hold one network's pass
   */
  public static DeviceExtraction open(
      LayeredArchitecture architecture,
      ConvolutionForm form,
      Device device,
      int samples,
      int most) {
    int networks = (int) Math.max(1, Math.min(most, TENSOR / largestTensor(architecture, samples)));
    while (true) {
      try {
        return new DeviceExtraction(architecture, form, device, samples, networks);
      } catch (DeviceMemoryException e) {
        if (networks == 1) {
          throw e;
        }
        networks /= 2;
      }
    }
  }

  /** Numbers of a network's largest tensor. */
  private static long largestTensor(LayeredArchitecture architecture, int samples) {
    long largest = architecture.input().size();
    for (AffineLayer layer : architecture.affineLayers()) {
      largest = Math.max(largest, layer.output().size());
      if (layer.convolution()) {
        long patches = (long) layer.output().positions() * layer.fanIn();
        largest = Math.max(largest, Math.max(patches, layer.weightCount()));
      }
    }
    return largest * samples;
  }

  private void watch(RecordedLayer recorded) {
    if (recorded.layer().convolution() && form == ConvolutionForm.GRADIENTS) {
      tape.watchGradient(recorded.weights());
      tape.watchGradient(recorded.biases());
    } else {
      tape.watchValues(recorded.inputs());
      tape.watchGradient(recorded.outputs());
    }
  }

  /** Most networks at once. */
  public int networks() {
    return tape.capacity();
  }

  /** Arrays that {@link #extract(List, List)} fills. */
  public SampleGradients allocate(int ofSamples) {
    return SampleGradients.allocate(architecture, form, ofSamples);
  }

  /**
   * The gradient sets of some networks, with moments.
   *
   * @param of at most {@link #networks}, each with at most the workspace's samples
   * @throws IllegalArgumentException if a set is empty, or inputs, targets or parameters do not fit
   *     the architecture
   */
  public List<GradientSet> extract(List<ProbedNetwork> of) {
    List<SampleGradients> gradients = of.stream().map(each -> allocate(each.samples())).toList();
    extract(of, gradients);
    List<GradientSet> sets = new ArrayList<>();
    for (int slot = 0; slot < of.size(); slot++) {
      sets.add(GradientSet.of(gradients.get(slot), batchGradient(slot, of.get(slot).samples())));
    }
    return sets;
  }

  /** The mean gradient of a network, which the device summed. */
  private float[] batchGradient(int slot, int ofSamples) {
    int count = architecture.parameterCount();
    float[] sums = parameters.gradients();
    float[] mean = Arrays.copyOfRange(sums, slot * count, (slot + 1) * count);
    for (int i = 0; i < count; i++) {
      mean[i] /= ofSamples;
    }
    return mean;
  }

  /**
   * The sample gradients of some networks, without moments.
   *
   * @param of at most {@link #networks}, each with at most the workspace's samples
   * @param targets filled; from {@link #allocate}
   * @throws IllegalArgumentException if inputs, targets or parameters do not fit the architecture
   */
  public void extract(List<ProbedNetwork> of, List<SampleGradients> targets) {
    for (int slot = 0; slot < of.size(); slot++) {
      of.get(slot).requireFit(architecture);
      load(slot, of.get(slot));
    }
    tape.forward(of.size());
    for (int slot = 0; slot < of.size(); slot++) {
      signal(slot, of.get(slot), targets.get(slot));
    }
    tape.backward();
    for (int slot = 0; slot < of.size(); slot++) {
      for (RecordedLayer layer : layers.layers()) {
        collect(layer, slot, targets.get(slot).layers().get(layer.layer().index()));
      }
    }
  }

  /** Slots that the set has no samples for get its first again, and no signals. */
  private void load(int slot, ProbedNetwork of) {
    int count = architecture.parameterCount();
    System.arraycopy(
        of.parameters(), of.parameterOffset(), parameters.values(), slot * count, count);
    int size = architecture.input().size();
    int at = slot * samples * size;
    System.arraycopy(of.inputs(), 0, inputs.values(), at, of.inputs().length);
    for (int sample = of.samples(); sample < samples; sample++) {
      System.arraycopy(of.inputs(), 0, inputs.values(), at + sample * size, size);
    }
  }

  private void signal(int slot, ProbedNetwork of, SampleGradients target) {
    int width = architecture.outputs();
    int at = slot * samples * width;
    int count = of.samples() * width;
    System.arraycopy(outputs.values(), at, networkOutputs, 0, count);
    of.signal().evaluate(0, of.samples(), width, networkOutputs, values, networkSignals);
    System.arraycopy(values, 0, target.values(), 0, of.samples());
    System.arraycopy(networkSignals, 0, outputs.gradients(), at, count);
    Arrays.fill(outputs.gradients(), at + count, at + samples * width, 0f);
  }

  private void collect(RecordedLayer from, int slot, LayerGradients target) {
    if (target instanceof DenseFactors factors) {
      copy(from.inputs().values(), slot, factors.inputs(), factors.samples());
      copy(from.outputs().gradients(), slot, factors.signals(), factors.samples());
    } else if (target instanceof ConvolutionFactors factors) {
      copy(from.inputs().values(), slot, factors.maps(), factors.samples());
      transpose(from, slot, factors);
    } else if (target instanceof ConvolutionGradients gradients) {
      copy(from.weights().gradients(), slot, gradients.weights(), gradients.samples());
      copy(from.biases().gradients(), slot, gradients.biases(), gradients.samples());
    }
  }

  /** The first samples of a network's, from [networks, samples, numbers of a sample]. */
  private void copy(float[] from, int slot, float[] to, int ofSamples) {
    int at = slot * samples * (to.length / ofSamples);
    System.arraycopy(from, at, to, 0, to.length);
  }

  /** From [samples, out, positions] to [samples, positions, out]. */
  private void transpose(RecordedLayer from, int slot, ConvolutionFactors to) {
    int out = from.layer().out();
    int positions = to.positions();
    float[] g = from.outputs().gradients();
    for (int n = 0; n < to.samples(); n++) {
      int map = (slot * samples + n) * out * positions;
      for (int p = 0; p < positions; p++) {
        for (int o = 0; o < out; o++) {
          to.signals()[(n * positions + p) * out + o] = g[map + o * positions + p];
        }
      }
    }
  }
}
