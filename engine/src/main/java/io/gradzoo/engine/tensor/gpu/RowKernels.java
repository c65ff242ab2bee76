package io.gradzoo.engine.tensor.gpu;

import io.gradzoo.engine.tensor.EvenLayerNormSilu;
import io.gradzoo.engine.tensor.LayerNormSilu;
import io.gradzoo.engine.tensor.Operation;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.Reciprocal;
import io.gradzoo.engine.tensor.Tensor;
import io.gradzoo.engine.tensor.UnitNorm;
import io.gradzoo.engine.tensor.gpu.Emission.GradientShare;

/** Operations on whole rows. */
final class RowKernels {
  /** Numbers that LayerNorm keeps of a row. */
  private static final int MOMENTS = 4;

  private RowKernels() {}

  static void forward(LayerNormSilu of, Emission e) {
    long moments = e.keep(of, (long) MOMENTS * of.output().rows());
    new Norm(of.x(), of.output(), 1f, null, of.gain(), of.shift(), moments).forward(0, e);
  }

  static void adjoint(LayerNormSilu of, Emission e) {
    new Norm(of.x(), of.output(), 1f, null, of.gain(), of.shift(), e.kept(of)).adjoint(e);
  }

  static void forward(EvenLayerNormSilu of, Emission e) {
    long moments = e.keep(of, 2L * MOMENTS * of.output().rows());
    positive(of, moments).forward(0, e);
    negative(of, moments, e).forward(1, e);
  }

  static void adjoint(EvenLayerNormSilu of, Emission e) {
    positive(of, e.kept(of)).adjoint(e);
    negative(of, e.kept(of), e).adjoint(e);
  }

  private static Norm positive(EvenLayerNormSilu of, long moments) {
    return new Norm(of.x(), of.output(), 1f, of.bias(), of.gain(), of.shift(), moments);
  }

  private static Norm negative(EvenLayerNormSilu of, long moments, Emission e) {
    long second = Strided.at(moments, (long) MOMENTS * e.models() * of.output().rows());
    return new Norm(of.x(), of.output(), -1f, of.bias(), of.gain(), of.shift(), second);
  }

  /** {@code silu(gain ⊙ normalise(sign · x + bias) + shift)}, one of a sum of such. */
  private record Norm(
      Tensor x,
      Tensor y,
      float sign,
      Parameter bias,
      Parameter gain,
      Parameter shift,
      long moments) {

    void forward(int add, Emission e) {
      int rows = rows(y, e);
      e.to()
          .launchRows(
              "layerNormSilu",
              rows,
              rows,
              y.width(),
              e.values(x),
              sign,
              address(bias, e),
              e.parameter(gain),
              e.parameter(shift),
              e.values(y),
              add,
              moments);
    }

    void adjoint(Emission e) {
      int rows = rows(y, e);
      int width = y.width();
      long b = address(bias, e);
      long g = e.parameter(gain);
      long s = e.parameter(shift);
      long v = e.values(x);
      long dy = e.gradient(y);
      GradientShare dx = x.needsGradient() ? e.share(x) : new GradientShare(0, 0);
      Object[] arguments = {rows, width, v, sign, b, g, s, dy, dx.address(), dx.add(), moments};
      e.to().launchRows("layerNormRows", rows, arguments);
      int models = e.models();
      long sums = e.scratch(3L * width);
      Object[] columns = {models, y.rows(), width, v, sign, b, g, s, dy, moments, sums};
      e.to().launch("layerNormColumns", models * width, columns);
      e.to().fold(models, width, 3 * width, sums, 1f, e.parameterGradient(gain));
      long ofShift = Strided.at(sums, width);
      e.to().fold(models, width, 3 * width, ofShift, 1f, e.parameterGradient(shift));
      if (bias != null) {
        long ofBias = Strided.at(sums, 2L * width);
        e.to().fold(models, width, 3 * width, ofBias, 1f, e.parameterGradient(bias));
      }
    }
  }

  private static long address(Parameter parameter, Emission e) {
    return parameter == null ? 0 : e.parameter(parameter);
  }

  static void forward(UnitNorm of, Emission e) {
    normalise(of, of.x(), 0, e);
  }

  static void adjoint(UnitNorm of, Emission e) {
    normaliseAdjoint(of, of.x(), of.output(), 1f, e);
  }

  static void forward(Reciprocal of, Emission e) {
    normalise(of, of.x(), 1, e);
  }

  static void adjoint(Reciprocal of, Emission e) {
    normaliseAdjoint(of, of.x(), of.x(), 2f, e);
  }

  private static void normalise(Operation of, Tensor x, int squared, Emission e) {
    Tensor y = of.output();
    int rows = rows(y, e);
    long scales = e.keep(of, y.rows());
    e.to()
        .launchRows("normalise", rows, rows, y.width(), e.values(x), squared, e.values(y), scales);
  }

  private static void normaliseAdjoint(
      Operation of, Tensor x, Tensor along, float factor, Emission e) {
    if (x.needsGradient()) {
      Tensor y = of.output();
      int rows = rows(y, e);
      GradientShare dx = e.share(x);
      e.to()
          .launchRows(
              "normaliseAdjoint",
              rows,
              rows,
              y.width(),
              e.values(y),
              e.values(along),
              factor,
              e.kept(of),
              e.gradient(y),
              dx.address(),
              dx.add());
    }
  }

  private static int rows(Tensor tensor, Emission e) {
    return e.models() * tensor.rows();
  }
}
