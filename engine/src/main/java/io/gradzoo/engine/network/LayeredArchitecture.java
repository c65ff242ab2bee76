package io.gradzoo.engine.network;

import io.gradzoo.engine.fault.Fault;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Layout of a target network of dense and convolution layers: its input, its stages, and the
 * activation that follows every affine layer but the last.
 *
 * <p>Its text form is its identity in every table, for instance {@code
 * relu:1x8x8:conv8k3s1p0:conv8k3s2p0:gap:dense10} or {@code tanh:64:dense16:dense10}; a sine
 * network names its frequency: {@code sine30:2:dense32:dense1}.
 */
public final class LayeredArchitecture implements Architecture {
  private static final Pattern CONVOLUTION = Pattern.compile("conv(\\d+)k(\\d+)s(\\d+)p(\\d+)");
  private static final Pattern DENSE = Pattern.compile("dense(\\d+)");
  private static final Pattern INPUT = Pattern.compile("(\\d+)(?:x(\\d+)x(\\d+))?");
  private static final Pattern SINE = Pattern.compile("sine(\\d+(?:\\.\\d+)?)");

  private static final ParsedTexts<LayeredArchitecture> PARSED =
      new ParsedTexts<>(LayeredArchitecture::parsed);

  private final transient Activation activation;
  private final transient float frequency;
  private final transient Shape input;
  private final transient List<Layer> layers;
  private final transient List<AffineLayer> affineLayers;
  private final transient int parameterCount;
  private final transient boolean dense;
  private final String id;

  private LayeredArchitecture(
      Activation activation, float frequency, Shape input, List<Layer> layers) {
    this.activation = activation;
    this.frequency = frequency;
    this.input = input;
    this.layers = List.copyOf(layers);
    this.affineLayers = affineLayers(input, this.layers);
    if (affineLayers.isEmpty() || !(layers.get(layers.size() - 1) instanceof Layer.Dense)) {
      throw Fault.here().expected("a dense layer at the end").found("none").exception();
    }
    AffineLayer last = affineLayers.get(affineLayers.size() - 1);
    this.parameterCount = last.biasOffset() + last.out();
    this.dense = affineLayers.stream().noneMatch(AffineLayer::convolution);
    this.id = text();
  }

  /** A network with ReLU or tanh hidden layers. */
  public static LayeredArchitecture of(Activation activation, Shape input, List<Layer> layers) {
    if (activation == Activation.SINE) {
      throw new IllegalArgumentException(
          "a sine network needs a frequency: use LayeredArchitecture.sine");
    }
    return new LayeredArchitecture(activation, 1f, input, layers);
  }

  /** A sinusoidal network (SIREN): hidden layers {@code sin(frequency · u)}. */
  public static LayeredArchitecture sine(float frequency, Shape input, List<Layer> layers) {
    return new LayeredArchitecture(Activation.SINE, frequency, input, layers);
  }

  /** A multilayer perceptron with the given widths, inputs first, outputs last. */
  public static LayeredArchitecture mlp(Activation activation, int... widths) {
    List<Layer> layers = new ArrayList<>();
    for (int i = 1; i < widths.length; i++) {
      layers.add(new Layer.Dense(widths[i]));
    }
    return of(activation, Shape.flat(widths[0]), layers);
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException naming the part that is not understood
   */
  public static LayeredArchitecture parse(String id) {
    return PARSED.parse(id);
  }

  private static LayeredArchitecture parsed(String id) {
    String[] parts = id.split(":", -1);
    if (parts.length < 3) {
      throw Fault.of("architecture '" + id + "'")
          .expected("activation:input:layer:…, such as tanh:64:dense16:dense10")
          .exception();
    }
    try {
      Shape input = parseInput(parts[1]);
      List<Layer> layers = new ArrayList<>();
      for (int i = 2; i < parts.length; i++) {
        layers.add(parseLayer(parts[i]));
      }
      Matcher sine = SINE.matcher(parts[0]);
      if (sine.matches()) {
        return sine(Float.parseFloat(sine.group(1)), input, layers);
      }
      return of(parseActivation(parts[0]), input, layers);
    } catch (IllegalArgumentException e) {
      throw Fault.of("architecture '" + id + "'").because(e).exception();
    }
  }

  /**
   * An architecture as one of layers, for code that handles this family only.
   *
   * @throws IllegalArgumentException if it is of another family
   */
  public static LayeredArchitecture from(Architecture architecture) {
    if (architecture instanceof LayeredArchitecture layers) {
      return layers;
    }
    throw Fault.of("network " + architecture.id())
        .expected("one of dense and convolution layers")
        .exception();
  }

  @Override
  public Activation activation() {
    return activation;
  }

  /** {@code w0} of a sine network, 1 otherwise. */
  public float frequency() {
    return frequency;
  }

  public Shape input() {
    return input;
  }

  public List<Layer> layers() {
    return layers;
  }

  /** The layers that have parameters, in order, with their offsets into the flat vector. */
  public List<AffineLayer> affineLayers() {
    return affineLayers;
  }

  @Override
  public int parameterCount() {
    return parameterCount;
  }

  @Override
  public List<TensorRange> tensors() {
    List<TensorRange> tensors = new ArrayList<>();
    for (AffineLayer layer : affineLayers) {
      tensors.add(new TensorRange(layer.weightOffset(), layer.weightCount()));
      tensors.add(new TensorRange(layer.biasOffset(), layer.out()));
    }
    return tensors;
  }

  /** The weights of every layer, then the biases of every layer. */
  @Override
  public List<TensorRange> resultTensors() {
    List<TensorRange> tensors = new ArrayList<>();
    for (AffineLayer layer : affineLayers) {
      tensors.add(new TensorRange(layer.weightOffset(), layer.weightCount()));
    }
    for (AffineLayer layer : affineLayers) {
      tensors.add(new TensorRange(layer.biasOffset(), layer.out()));
    }
    return tensors;
  }

  /** The number of affine layers. */
  @Override
  public int depth() {
    return affineLayers.size();
  }

  @Override
  public int outputs() {
    return affineLayers.get(affineLayers.size() - 1).out();
  }

  /** Whether every affine layer is dense. */
  public boolean dense() {
    return dense;
  }

  /** The text form, which {@link #parse} reads back. */
  @Override
  public String id() {
    return id;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LayeredArchitecture that && id.equals(that.id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return id;
  }

  /** It travels as its text. */
  private Object writeReplace() {
    return new LayeredText(id);
  }

  private record LayeredText(String id) implements Serializable {
    private Object readResolve() {
      return parse(id);
    }
  }

  private static Activation parseActivation(String text) {
    return switch (text) {
      case "relu" -> Activation.RELU;
      case "tanh" -> Activation.TANH;
      default ->
          throw Fault.here()
              .expected("activation relu, tanh or sine followed by its frequency")
              .found("'" + text + "'")
              .exception();
    };
  }

  private static Shape parseInput(String text) {
    Matcher shape = INPUT.matcher(text);
    if (!shape.matches()) {
      throw Fault.here()
          .expected("an input such as 64 or 1x8x8")
          .found("'" + text + "'")
          .exception();
    }
    return shape.group(2) == null
        ? Shape.flat(number(shape, 1))
        : new Shape(number(shape, 1), number(shape, 2), number(shape, 3));
  }

  private static Layer parseLayer(String text) {
    Matcher convolution = CONVOLUTION.matcher(text);
    if (convolution.matches()) {
      return new Layer.Conv2d(
          number(convolution, 1),
          number(convolution, 2),
          number(convolution, 3),
          number(convolution, 4));
    }
    Matcher dense = DENSE.matcher(text);
    if (dense.matches()) {
      return new Layer.Dense(number(dense, 1));
    }
    if (text.equals("gap")) {
      return new Layer.GlobalAveragePool();
    }
    throw Fault.here()
        .expected("a layer such as conv16k3s2p0, gap or dense10")
        .found("'" + text + "'")
        .exception();
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  private String text() {
    StringBuilder text = new StringBuilder(activation.name().toLowerCase(java.util.Locale.ROOT));
    if (activation == Activation.SINE) {
      text.append(
          frequency == Math.rint(frequency)
              ? Integer.toString((int) frequency)
              : Float.toString(frequency));
    }
    text.append(':').append(input);
    for (Layer layer : layers) {
      text.append(':');
      if (layer instanceof Layer.Dense dense) {
        text.append("dense").append(dense.units());
      } else if (layer instanceof Layer.Conv2d conv) {
        text.append("conv").append(conv.filters()).append('k').append(conv.kernel());
        text.append('s').append(conv.stride()).append('p').append(conv.padding());
      } else {
        text.append("gap");
      }
    }
    return text.toString();
  }

  private static List<AffineLayer> affineLayers(Shape input, List<Layer> layers) {
    List<AffineLayer> affine = new ArrayList<>();
    Shape shape = input;
    int offset = 0;
    for (Layer layer : layers) {
      Shape output = outputShape(layer, shape);
      if (!(layer instanceof Layer.GlobalAveragePool)) {
        boolean convolution = layer instanceof Layer.Conv2d;
        int in = convolution ? shape.channels() : shape.size();
        int kernel = layer instanceof Layer.Conv2d conv ? conv.kernel() : 1;
        int weights =
            Math.multiplyExact(output.channels(), Math.multiplyExact(in, kernel * kernel));
        int bias = Math.addExact(offset, weights);
        affine.add(
            new AffineLayer(
                affine.size(), layer, shape, output, in, output.channels(), kernel, offset, bias));
        offset = Math.addExact(bias, output.channels());
      }
      shape = output;
    }
    return List.copyOf(affine);
  }

  private static Shape outputShape(Layer layer, Shape input) {
    if (layer instanceof Layer.Dense dense) {
      return Shape.flat(dense.units());
    }
    if (layer instanceof Layer.Conv2d conv) {
      int height = (input.height() + 2 * conv.padding() - conv.kernel()) / conv.stride() + 1;
      int width = (input.width() + 2 * conv.padding() - conv.kernel()) / conv.stride() + 1;
      if (input.height() + 2 * conv.padding() < conv.kernel()
          || input.width() + 2 * conv.padding() < conv.kernel()) {
        throw Fault.here()
            .expected("a kernel that fits an input of " + input)
            .found("%dx%d", conv.kernel(), conv.kernel())
            .exception();
      }
      return new Shape(conv.filters(), height, width);
    }
    return Shape.flat(input.channels());
  }
}
