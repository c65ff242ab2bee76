package io.gradzoo.engine.kernel;

/** Element-wise arithmetic and sums, and many rows with one row, in plain loops. */
abstract class ScalarArithmetic extends ScalarProducts {
  @Override
  public void add(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] += x[xo + i];
    }
  }

  @Override
  public void sum(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = a[ao + i] + b[bo + i];
    }
  }

  @Override
  public void addScaled(float alpha, float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] += alpha * x[xo + i];
    }
  }

  @Override
  public void scale(float alpha, float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = alpha * x[xo + i];
    }
  }

  @Override
  public void product(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = a[ao + i] * b[bo + i];
    }
  }

  @Override
  public void addProduct(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] += a[ao + i] * b[bo + i];
    }
  }

  @Override
  public float dot(float[] a, int ao, float[] b, int bo, int n) {
    float sum = 0f;
    for (int i = 0; i < n; i++) {
      sum += a[ao + i] * b[bo + i];
    }
    return sum;
  }

  @Override
  public void addColumnSums(int rows, int width, float[] x, int xo, float[] y, int yo) {
    for (int row = 0; row < rows; row++) {
      add(x, xo + row * width, y, yo, width);
    }
  }

  @Override
  public void addColumnSumsOfProducts(
      int rows, int width, float[] a, int ao, float[] b, int bo, float[] y, int yo) {
    for (int row = 0; row < rows; row++) {
      addProduct(a, ao + row * width, b, bo + row * width, y, yo, width);
    }
  }

  @Override
  public void sumWithRow(
      int rows, int width, float[] x, int xo, float[] v, int vo, float[] y, int yo) {
    for (int row = 0; row < rows; row++) {
      sum(x, xo + row * width, v, vo, y, yo + row * width, width);
    }
  }

  @Override
  public void productWithRow(
      int rows, int width, float[] x, int xo, float[] v, int vo, float[] y, int yo) {
    for (int row = 0; row < rows; row++) {
      product(x, xo + row * width, v, vo, y, yo + row * width, width);
    }
  }

  @Override
  public void addProductWithRow(
      int rows, int width, float[] x, int xo, float[] v, int vo, float[] y, int yo) {
    for (int row = 0; row < rows; row++) {
      addProduct(x, xo + row * width, v, vo, y, yo + row * width, width);
    }
  }
}
