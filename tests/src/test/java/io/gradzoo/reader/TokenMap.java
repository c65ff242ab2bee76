package io.gradzoo.reader;

/** A stage of a transformer that treats the tokens of a sequence alike. */
interface TokenMap {
  /**
   * @param x [tokens, in]
   * @return [tokens, out]
   */
  double[][] forward(double[][] x);

  /**
   * @param dy [tokens, out]
   * @return [tokens, in]
   */
  double[][] backward(double[][] dy);

  /** The gradient of the last sequence. */
  LayerGradient gradient();

  /** Rows one after the other. */
  static double[] flat(double[][] rows) {
    double[] flat = new double[rows.length * rows[0].length];
    for (int t = 0; t < rows.length; t++) {
      System.arraycopy(rows[t], 0, flat, t * rows[t].length, rows[t].length);
    }
    return flat;
  }

  /** Takes the stages from the flat parameters, one after the other. */
  final class Reader {
    private final double[] parameters;
    private int at;

    Reader(double[] parameters, int at) {
      this.parameters = parameters;
      this.at = at;
    }

    Affine affine(int in, int out) {
      Affine affine = new Affine(new Stage.Dense(parameters, at, in, out));
      at += out * (in + 1);
      return affine;
    }

    Norm norm(int width) {
      Norm norm = new Norm(parameters, at, width);
      at += 2 * width;
      return norm;
    }

    void requireEnd() {
      if (at != parameters.length) {
        throw new IllegalArgumentException("the form has " + at + " parameters");
      }
    }
  }

  /** An affine map of every token. */
  final class Affine implements TokenMap {
    private final Stage.Dense map;
    private double[][] read;
    private double[][] signals;

    Affine(Stage.Dense map) {
      this.map = map;
    }

    @Override
    public double[][] forward(double[][] x) {
      read = x;
      double[][] y = new double[x.length][];
      for (int t = 0; t < x.length; t++) {
        y[t] = map.forward(x[t]);
      }
      return y;
    }

    @Override
    public double[][] backward(double[][] dy) {
      signals = dy;
      double[][] dx = new double[dy.length][];
      for (int t = 0; t < dy.length; t++) {
        dx[t] = map.backward(dy[t]);
      }
      return dx;
    }

    @Override
    public LayerGradient gradient() {
      double[] dw = new double[map.out() * map.in()];
      double[] db = new double[map.out()];
      for (int t = 0; t < read.length; t++) {
        for (int o = 0; o < map.out(); o++) {
          db[o] += signals[t][o];
          for (int i = 0; i < map.in(); i++) {
            dw[o * map.in() + i] += signals[t][o] * read[t][i];
          }
        }
      }
      return new LayerGradient(flat(read), flat(signals), null, dw, db);
    }
  }

  /** A LayerNorm of every token. */
  final class Norm implements TokenMap {
    private static final double EPSILON = 1e-5;

    private final double[] parameters;
    private final int at;
    private final int width;
    private double[][] normalized;
    private double[] deviations;
    private double[][] signals;

    Norm(double[] parameters, int at, int width) {
      this.parameters = parameters;
      this.at = at;
      this.width = width;
    }

    @Override
    public double[][] forward(double[][] x) {
      normalized = new double[x.length][width];
      deviations = new double[x.length];
      double[][] y = new double[x.length][width];
      for (int t = 0; t < x.length; t++) {
        double mean = 0;
        double variance = 0;
        for (double number : x[t]) {
          mean += number / width;
        }
        for (double number : x[t]) {
          variance += (number - mean) * (number - mean) / width;
        }
        deviations[t] = Math.sqrt(variance + EPSILON);
        for (int i = 0; i < width; i++) {
          normalized[t][i] = (x[t][i] - mean) / deviations[t];
          y[t][i] = parameters[at + i] * normalized[t][i] + parameters[at + width + i];
        }
      }
      return y;
    }

    @Override
    public double[][] backward(double[][] dy) {
      signals = dy;
      double[][] dx = new double[dy.length][width];
      for (int t = 0; t < dy.length; t++) {
        double mean = 0;
        double along = 0;
        for (int i = 0; i < width; i++) {
          mean += parameters[at + i] * dy[t][i] / width;
          along += parameters[at + i] * dy[t][i] * normalized[t][i] / width;
        }
        for (int i = 0; i < width; i++) {
          double slope = parameters[at + i] * dy[t][i];
          dx[t][i] = (slope - mean - normalized[t][i] * along) / deviations[t];
        }
      }
      return dx;
    }

    @Override
    public LayerGradient gradient() {
      double[] gain = new double[width];
      double[] offset = new double[width];
      for (int t = 0; t < signals.length; t++) {
        for (int i = 0; i < width; i++) {
          gain[i] += signals[t][i] * normalized[t][i];
          offset[i] += signals[t][i];
        }
      }
      return new LayerGradient(flat(normalized), flat(signals), null, gain, offset);
    }
  }
}
