package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.tensor.Reciprocal;

/** {@link Reciprocal}. */
final class CpuReciprocal extends CpuOperation {
  CpuReciprocal(Reciprocal of, CpuContext context) {
    super(of, context);
  }

  @Override
  void forward(int models) {
    float[] x = inputs.get(0).values();
    int width = output.width();
    for (int at = 0; at < count(models); at += width) {
      kernels.scale(inverseSquare(x, at, width), x, at, output.values(), at, width);
    }
  }

  @Override
  void adjoint(int models) {
    float[] x = inputs.get(0).values();
    float[] y = output.values();
    float[] dy = output.gradients();
    float[] dx = inputs.get(0).gradients();
    int width = output.width();
    for (int at = 0; at < count(models); at += width) {
      float inverse = inverseSquare(x, at, width);
      float along = kernels.dot(dy, at, y, at, width);
      kernels.addScaled(inverse, dy, at, dx, at, width);
      kernels.addScaled(-2f * along * inverse, x, at, dx, at, width);
    }
  }

  private float inverseSquare(float[] x, int at, int width) {
    float squares = kernels.dot(x, at, x, at, width);
    return squares == 0f ? 0f : 1f / squares;
  }
}
