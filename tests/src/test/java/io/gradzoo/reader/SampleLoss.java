package io.gradzoo.reader;

/**
 * The number of one sample that is differentiated.
 *
 * @param value the number
 * @param signal its derivatives by the outputs
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
record SampleLoss(double value, double[] signal) {

  /**
   * By the columns of a gradient set.
   *
   * @param loss what is differentiated
   * @param kind where targets come from
   * @param label of the sample, with signals of labels
   * @param output which output, with signals that are outputs
   * @param seed of sampled labels
   * @param sample its place in the set
   */
  static SampleLoss of(
      String loss, String kind, double[] f, int label, int output, long seed, int sample) {
    if (kind.equals("output")) {
      double[] signal = new double[f.length];
      signal[output] = 1;
      return new SampleLoss(f[output], signal);
    }
    boolean sampled = kind.equals("model_sampled");
    if (loss.equals("ce")) {
      return crossEntropy(f, sampled ? category(softmax(f), seed, sample) : label);
    }
    double share = loss.equals("half_mse") ? 0.5 : 1;
    double[] target = new double[f.length];
    for (int j = 0; j < f.length; j++) {
      double noise = sampled ? gaussian(seed, sample, j) / Math.sqrt(2 * share) : 0;
      target[j] = sampled ? f[j] + noise : j == label ? 1 : 0;
    }
    return squaredError(f, target, share);
  }

  /** log Σ exp f − f[label]. */
  static SampleLoss crossEntropy(double[] f, int label) {
    double[] signal = softmax(f);
    double value = -Math.log(signal[label]);
    signal[label] -= 1;
    return new SampleLoss(value, signal);
  }

  private static SampleLoss squaredError(double[] f, double[] target, double share) {
    double value = 0;
    double[] signal = new double[f.length];
    for (int j = 0; j < f.length; j++) {
      value += share * (f[j] - target[j]) * (f[j] - target[j]);
      signal[j] = 2 * share * (f[j] - target[j]);
    }
    return new SampleLoss(value, signal);
  }

  private static double[] softmax(double[] f) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double number : f) {
      largest = Math.max(largest, number);
    }
    double[] p = new double[f.length];
    double sum = 0;
    for (int j = 0; j < f.length; j++) {
      p[j] = Math.exp(f[j] - largest);
      sum += p[j];
    }
    for (int j = 0; j < f.length; j++) {
      p[j] /= sum;
    }
    return p;
  }

  private static int category(double[] p, long seed, int sample) {
    double left = uniform(seed, sample, 0);
    int k = 0;
    while (k < p.length - 1 && left >= p[k]) {
      left -= p[k];
      k++;
    }
    return k;
  }

  private static double gaussian(long seed, int sample, int output) {
    double radius = Math.sqrt(-2 * Math.log(1 - uniform(seed, sample, 2 * output)));
    return radius * Math.cos(2 * Math.PI * uniform(seed, sample, 2 * output + 1));
  }

  private static double uniform(long seed, int sample, int draw) {
    return (mix(mix(mix(seed) + sample) + draw) >>> 11) / Math.pow(2, 53);
  }

  private static long mix(long number) {
    long z = number;
    z = (z ^ (z >>> 33)) * 0xff51afd7ed558ccdL;
    z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return z ^ (z >>> 33);
  }
}
