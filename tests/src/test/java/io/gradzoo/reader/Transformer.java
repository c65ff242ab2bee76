package io.gradzoo.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A transformer, such as {@code transformer:v16:t16:d12:h2:f24:l1:gelu:full:mean10}. */
final class Transformer implements TargetNetwork {
  private static final Pattern FORM =
      Pattern.compile(
          "transformer:v(\\d+):t(\\d+):d(\\d+):h(\\d+):f(\\d+):l(\\d+):(\\w+):(\\w+):mean(\\d+)");

  private final int[] image;
  private final double[] parameters;
  private final int vocabulary;
  private final int tokens;
  private final int width;
  private final List<Block> blocks = new ArrayList<>();
  private final TokenMap.Norm norm;
  private final TokenMap.Affine head;
  private int[] ids;

  Transformer(String architecture, double[] parameters, int[] image) {
    Matcher form = FORM.matcher(architecture);
    if (!form.matches()) {
      throw new IllegalArgumentException(architecture);
    }
    this.image = image;
    this.parameters = parameters;
    vocabulary = Integer.parseInt(form.group(1));
    tokens = Integer.parseInt(form.group(2));
    width = Integer.parseInt(form.group(3));
    TokenMap.Reader next = new TokenMap.Reader(parameters, (vocabulary + tokens) * width);
    for (int block = 0; block < Integer.parseInt(form.group(6)); block++) {
      blocks.add(
          new Block(
              next,
              width,
              Integer.parseInt(form.group(5)),
              new Attention(Integer.parseInt(form.group(4)), form.group(8).equals("causal")),
              form.group(7).equals("gelu")));
    }
    norm = next.norm(width);
    head = next.affine(width, Integer.parseInt(form.group(9)));
    next.requireEnd();
  }

  @Override
  public double[] outputs(double[] x) {
    ids = ids(x);
    double[][] residual = new double[tokens][width];
    for (int t = 0; t < tokens; t++) {
      for (int i = 0; i < width; i++) {
        residual[t][i] = parameters[ids[t] * width + i] + parameters[(vocabulary + t) * width + i];
      }
    }
    for (Block block : blocks) {
      residual = block.forward(residual);
    }
    double[][] each = head.forward(norm.forward(residual));
    double[] mean = new double[each[0].length];
    for (double[] outputs : each) {
      for (int o = 0; o < mean.length; o++) {
        mean[o] += outputs[o] / tokens;
      }
    }
    return mean;
  }

  @Override
  public List<LayerGradient> gradients(double[] signal) {
    double[][] each = new double[tokens][signal.length];
    for (double[] outputs : each) {
      for (int o = 0; o < signal.length; o++) {
        outputs[o] = signal[o] / tokens;
      }
    }
    double[][] residual = norm.backward(head.backward(each));
    for (int block = blocks.size() - 1; block >= 0; block--) {
      residual = blocks.get(block).backward(residual);
    }
    List<LayerGradient> gradients = new ArrayList<>();
    gradients.add(table(vocabulary, ids, residual));
    int[] positions = new int[tokens];
    for (int t = 0; t < tokens; t++) {
      positions[t] = t;
    }
    gradients.add(table(tokens, positions, residual));
    for (Block block : blocks) {
      block.maps().forEach(map -> gradients.add(map.gradient()));
    }
    gradients.add(norm.gradient());
    gradients.add(head.gradient());
    return gradients;
  }

  private LayerGradient table(int rows, int[] rowsRead, double[][] dy) {
    double[] dw = new double[rows * width];
    for (int t = 0; t < tokens; t++) {
      for (int i = 0; i < width; i++) {
        dw[rowsRead[t] * width + i] += dy[t][i];
      }
    }
    return new LayerGradient(null, TokenMap.flat(dy), rowsRead, dw, new double[0]);
  }

  /** Grey levels of equal squares, row by row. */
  private int[] ids(double[] x) {
    int side = 1;
    while (image[1] % side != 0
        || image[2] % side != 0
        || image[1] / side * (image[2] / side) != tokens) {
      side++;
    }
    int across = image[2] / side;
    int[] levels = new int[tokens];
    for (int t = 0; t < tokens; t++) {
      double sum = 0;
      for (int channel = 0; channel < image[0]; channel++) {
        for (int i = 0; i < side * side; i++) {
          int row = t / across * side + i / side;
          int column = t % across * side + i % side;
          sum += x[(channel * image[1] + row) * image[2] + column];
        }
      }
      double grey = sum / (image[0] * side * side);
      levels[t] = Math.min((int) Math.floor((grey + 1) / 2 * vocabulary), vocabulary - 1);
    }
    return levels;
  }

  /** x += output(attention(norm1(x))), then x += down(σ(up(norm2(x)))). */
  private static final class Block {
    private final TokenMap.Norm norm1;
    private final TokenMap.Affine query;
    private final TokenMap.Affine key;
    private final TokenMap.Affine value;
    private final TokenMap.Affine output;
    private final TokenMap.Norm norm2;
    private final TokenMap.Affine up;
    private final TokenMap.Affine down;
    private final Attention attention;
    private final boolean gelu;
    private double[][] raised;

    Block(TokenMap.Reader next, int width, int hidden, Attention attention, boolean gelu) {
      norm1 = next.norm(width);
      query = next.affine(width, width);
      key = next.affine(width, width);
      value = next.affine(width, width);
      output = next.affine(width, width);
      norm2 = next.norm(width);
      up = next.affine(width, hidden);
      down = next.affine(hidden, width);
      this.attention = attention;
      this.gelu = gelu;
    }

    List<TokenMap> maps() {
      return List.of(norm1, query, key, value, output, norm2, up, down);
    }

    double[][] forward(double[][] x) {
      double[][] read = norm1.forward(x);
      double[][] attended =
          attention.forward(query.forward(read), key.forward(read), value.forward(read));
      double[][] between = sum(x, output.forward(attended));
      raised = up.forward(norm2.forward(between));
      double[][] activated = new double[raised.length][];
      for (int t = 0; t < raised.length; t++) {
        activated[t] = new double[raised[t].length];
        for (int i = 0; i < raised[t].length; i++) {
          activated[t][i] = gelu ? Gelu.value(raised[t][i]) : Math.max(raised[t][i], 0);
        }
      }
      return sum(between, down.forward(activated));
    }

    double[][] backward(double[][] dy) {
      double[][] hidden = down.backward(dy);
      for (int t = 0; t < hidden.length; t++) {
        for (int i = 0; i < hidden[t].length; i++) {
          double u = raised[t][i];
          hidden[t][i] *= gelu ? Gelu.slope(u) : u > 0 ? 1 : 0;
        }
      }
      double[][] between = sum(dy, norm2.backward(up.backward(hidden)));
      double[][][] slopes = attention.backward(output.backward(between));
      double[][] read =
          sum(sum(query.backward(slopes[0]), key.backward(slopes[1])), value.backward(slopes[2]));
      return sum(between, norm1.backward(read));
    }

    private static double[][] sum(double[][] a, double[][] b) {
      double[][] sum = new double[a.length][a[0].length];
      for (int t = 0; t < a.length; t++) {
        for (int i = 0; i < a[t].length; i++) {
          sum[t][i] = a[t][i] + b[t][i];
        }
      }
      return sum;
    }
  }

  /** ½ u (1 + tanh(√(2/π) (u + 0.044715 u³))). */
  private static final class Gelu {
    private static final double ROOT = Math.sqrt(2 / Math.PI);

    private Gelu() {}

    static double value(double u) {
      return 0.5 * u * (1 + Math.tanh(ROOT * (u + 0.044715 * u * u * u)));
    }

    static double slope(double u) {
      double tanh = Math.tanh(ROOT * (u + 0.044715 * u * u * u));
      return 0.5 * (1 + tanh) + 0.5 * u * (1 - tanh * tanh) * ROOT * (1 + 3 * 0.044715 * u * u);
    }
  }
}
