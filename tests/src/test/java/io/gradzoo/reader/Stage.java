package io.gradzoo.reader;

import java.util.Arrays;

/** What stands between two colons of a text form, at work on one sample. */
interface Stage {
  /**
   * @param x what it reads
   * @return what it gives, before any activation
   */
  double[] forward(double[] x);

  /**
   * @param dy derivatives by what it gave
   * @return derivatives by what it read
   */
  double[] backward(double[] dy);

  /** The gradient of the last sample in its parameters; null if it has none. */
  LayerGradient gradient(double[] x, double[] dy);

  /** A dense layer: y = W x + b, with W [out, in] and then b in the flat parameters. */
  @SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
  record Dense(double[] parameters, int at, int in, int out) implements Stage {
    @Override
    public double[] forward(double[] x) {
      double[] y = new double[out];
      for (int o = 0; o < out; o++) {
        y[o] = parameters[at + out * in + o];
        for (int i = 0; i < in; i++) {
          y[o] += parameters[at + o * in + i] * x[i];
        }
      }
      return y;
    }

    @Override
    public double[] backward(double[] dy) {
      double[] dx = new double[in];
      for (int o = 0; o < out; o++) {
        for (int i = 0; i < in; i++) {
          dx[i] += parameters[at + o * in + i] * dy[o];
        }
      }
      return dx;
    }

    @Override
    public LayerGradient gradient(double[] x, double[] dy) {
      double[] dw = new double[out * in];
      for (int o = 0; o < out; o++) {
        for (int i = 0; i < in; i++) {
          dw[o * in + i] = dy[o] * x[i];
        }
      }
      return new LayerGradient(x, dy, null, dw, dy);
    }
  }

  /** A convolution; x [in, height, width], W [out, in, kernel, kernel] and then b. */
  @SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
  record Convolution(
      double[] parameters,
      int at,
      int in,
      int height,
      int width,
      int out,
      int kernel,
      int stride,
      int padding)
      implements Stage {
    int outHeight() {
      return (height + 2 * padding - kernel) / stride + 1;
    }

    int outWidth() {
      return (width + 2 * padding - kernel) / stride + 1;
    }

    private int positions() {
      return outHeight() * outWidth();
    }

    @Override
    public double[] forward(double[] x) {
      double[] y = new double[out * positions()];
      for (int o = 0; o < out; o++) {
        Arrays.fill(y, o * positions(), (o + 1) * positions(), parameters[at + weights() + o]);
      }
      each((w, from, to) -> y[to] += parameters[at + w] * x[from]);
      return y;
    }

    @Override
    public double[] backward(double[] dy) {
      double[] dx = new double[in * height * width];
      each((w, from, to) -> dx[from] += parameters[at + w] * dy[to]);
      return dx;
    }

    @Override
    public LayerGradient gradient(double[] x, double[] dy) {
      double[] dw = new double[weights()];
      each((w, from, to) -> dw[w] += dy[to] * x[from]);
      double[] db = new double[out];
      double[] g = new double[positions() * out];
      for (int o = 0; o < out; o++) {
        for (int position = 0; position < positions(); position++) {
          db[o] += dy[o * positions() + position];
          g[position * out + o] = dy[o * positions() + position];
        }
      }
      return new LayerGradient(x, g, null, dw, db);
    }

    private int weights() {
      return out * in * kernel * kernel;
    }

    /** A weight that joins a number that is read to one that is given, by their indices. */
    private interface Join {
      void of(int weight, int from, int to);
    }

    private void each(Join join) {
      for (int o = 0; o < out; o++) {
        for (int c = 0; c < in; c++) {
          for (int k = 0; k < kernel; k++) {
            for (int l = 0; l < kernel; l++) {
              each(join, o, c, k, l);
            }
          }
        }
      }
    }

    private void each(Join join, int o, int c, int k, int l) {
      int weight = ((o * in + c) * kernel + k) * kernel + l;
      for (int i = 0; i < outHeight(); i++) {
        for (int j = 0; j < outWidth(); j++) {
          int y = i * stride + k - padding;
          int x = j * stride + l - padding;
          if (y >= 0 && y < height && x >= 0 && x < width) {
            join.of(weight, (c * height + y) * width + x, (o * outHeight() + i) * outWidth() + j);
          }
        }
      }
    }
  }

  /** The mean of each channel's map, x [channels, size]. */
  record GlobalAverage(int channels, int size) implements Stage {
    @Override
    public double[] forward(double[] x) {
      double[] y = new double[channels];
      for (int i = 0; i < x.length; i++) {
        y[i / size] += x[i] / size;
      }
      return y;
    }

    @Override
    public double[] backward(double[] dy) {
      double[] dx = new double[channels * size];
      Arrays.setAll(dx, i -> dy[i / size] / size);
      return dx;
    }

    @Override
    public LayerGradient gradient(double[] x, double[] dy) {
      return null;
    }
  }
}
