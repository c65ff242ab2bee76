package io.gradzoo.reader;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A perceptron or CNN, such as {@code relu:1x8x8:conv6k3s1p0:gap:dense10}. */
final class LayerNetwork implements TargetNetwork {
  private static final Pattern CONVOLUTION = Pattern.compile("conv(\\d+)k(\\d+)s(\\d+)p(\\d+)");

  private final DoubleUnaryOperator activation;
  private final DoubleUnaryOperator slope;
  private final List<Stage> stages = new ArrayList<>();
  private final List<double[]> read = new ArrayList<>();
  private final List<double[]> given = new ArrayList<>();

  LayerNetwork(String architecture, double[] parameters) {
    String[] parts = architecture.split(":", -1);
    if (parts[0].equals("relu")) {
      activation = u -> Math.max(u, 0);
      slope = u -> u > 0 ? 1 : 0;
    } else if (parts[0].equals("tanh")) {
      activation = Math::tanh;
      slope = u -> 1 - Math.tanh(u) * Math.tanh(u);
    } else {
      double frequency = Double.parseDouble(parts[0].substring("sine".length()));
      activation = u -> Math.sin(frequency * u);
      slope = u -> frequency * Math.cos(frequency * u);
    }
    String[] input = parts[1].split("x", -1);
    boolean flat = input.length == 1;
    int channels = Integer.parseInt(input[0]);
    int height = flat ? 1 : Integer.parseInt(input[1]);
    int width = flat ? 1 : Integer.parseInt(input[2]);
    int at = 0;
    for (int i = 2; i < parts.length; i++) {
      Matcher convolution = CONVOLUTION.matcher(parts[i]);
      if (convolution.matches()) {
        int kernel = Integer.parseInt(convolution.group(2));
        Stage.Convolution stage =
            new Stage.Convolution(
                parameters,
                at,
                channels,
                height,
                width,
                Integer.parseInt(convolution.group(1)),
                kernel,
                Integer.parseInt(convolution.group(3)),
                Integer.parseInt(convolution.group(4)));
        stages.add(stage);
        at += stage.out() * (channels * kernel * kernel + 1);
        channels = stage.out();
        height = stage.outHeight();
        width = stage.outWidth();
      } else if (parts[i].equals("gap")) {
        stages.add(new Stage.GlobalAverage(channels, height * width));
        height = 1;
        width = 1;
      } else {
        int in = channels * height * width;
        channels = Integer.parseInt(parts[i].substring("dense".length()));
        stages.add(new Stage.Dense(parameters, at, in, channels));
        at += channels * (in + 1);
        height = 1;
        width = 1;
      }
    }
    if (at != parameters.length) {
      throw new IllegalArgumentException(architecture + " has " + at + " parameters");
    }
  }

  @Override
  public double[] outputs(double[] x) {
    read.clear();
    given.clear();
    double[] value = x;
    for (int i = 0; i < stages.size(); i++) {
      read.add(value);
      value = stages.get(i).forward(value);
      given.add(value);
      if (activated(i)) {
        value = map(activation, value);
      }
    }
    return value;
  }

  @Override
  public List<LayerGradient> gradients(double[] signal) {
    List<LayerGradient> gradients = new ArrayList<>();
    double[] dy = signal;
    for (int i = stages.size() - 1; i >= 0; i--) {
      if (activated(i)) {
        double[] slopes = map(slope, given.get(i));
        for (int j = 0; j < dy.length; j++) {
          dy[j] *= slopes[j];
        }
      }
      LayerGradient gradient = stages.get(i).gradient(read.get(i), dy);
      if (gradient != null) {
        gradients.add(gradient);
      }
      dy = stages.get(i).backward(dy);
    }
    Collections.reverse(gradients);
    return gradients;
  }

  /** The activation follows every layer that has parameters, but the last. */
  private boolean activated(int stage) {
    return stage < stages.size() - 1 && !(stages.get(stage) instanceof Stage.GlobalAverage);
  }

  private static double[] map(DoubleUnaryOperator function, double[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = function.applyAsDouble(x[i]);
    }
    return y;
  }
}
