package io.gradzoo.engine.metanet.gradmetanet;

/**
 * Sinusoidal codes of a sample's inputs: {@code sin πkx, cos πkx} for k = 1 … 8 and every input x,
 * expected in [−1, 1]. Input neurons have an order, so codes of each by itself break no symmetry.
 */
final class SampleCodes {
  /** Numbers that code one input. */
  static final int WIDTH = 16;

  private SampleCodes() {}

  /** Writes the code of one input to {@code codes[at … at + WIDTH)}. */
  static void write(float x, float[] codes, int at) {
    double sin1 = StrictMath.sin(StrictMath.PI * x);
    double cos1 = StrictMath.cos(StrictMath.PI * x);
    double sin = 0;
    double cos = 1;
    for (int k = at; k < at + WIDTH; k += 2) {
      double last = sin;
      sin = sin * cos1 + cos * sin1;
      cos = cos * cos1 - last * sin1;
      codes[k] = (float) sin;
      codes[k + 1] = (float) cos;
    }
  }
}
