package io.gradzoo.engine.tensor.gpu;

import io.gradzoo.engine.tensor.Dropout;
import io.gradzoo.engine.tensor.HadamardProduct;
import io.gradzoo.engine.tensor.ParameterScale;
import io.gradzoo.engine.tensor.Pointwise;
import io.gradzoo.engine.tensor.SignedShift;
import io.gradzoo.engine.tensor.Sine;
import io.gradzoo.engine.tensor.Sum;
import io.gradzoo.engine.tensor.Tensor;
import io.gradzoo.engine.tensor.gpu.Emission.GradientShare;

/** Operations number by number, all inputs being of the output's shape. */
final class PointwiseKernels {
  /** Of {@link Sine}, behind those of {@link Pointwise}. */
  private static final int SINE = Pointwise.Function.values().length;

  private static final int ADJOINT = SINE + 1;

  private PointwiseKernels() {}

  static void forward(Pointwise of, Emission e) {
    compute(of.x(), code(of.function()), 1f, of.output(), e);
  }

  static void forward(Sine of, Emission e) {
    compute(of.x(), SINE, of.frequency(), of.output(), e);
  }

  private static void compute(Tensor x, int function, float frequency, Tensor y, Emission e) {
    int n = count(y, e);
    e.to().launch("pointwise", n, n, function, frequency, e.values(x), 0L, e.values(y), 0);
  }

  static void adjoint(Sine of, Emission e) {
    if (of.x().needsGradient()) {
      apply(e, of.output(), ADJOINT + SINE, of.frequency(), e.values(of.x()), e.share(of.x()));
    }
  }

  /** The ReLU's slope is that of its output, which has the sign of its input where it is not 0. */
  static void adjoint(Pointwise of, Emission e) {
    if (of.x().needsGradient()) {
      int function = ADJOINT + code(of.function());
      GradientShare dx = e.share(of.x());
      apply(e, of.output(), function, 1f, e.values(of.x()), dx);
    }
  }

  private static void apply(
      Emission e, Tensor y, int function, float frequency, long x, GradientShare dx) {
    int n = count(y, e);
    long dy = e.gradient(y);
    e.to().launch("pointwise", n, n, function, frequency, x, dy, dx.address(), dx.add());
  }

  /**
   * {@code dy = dy · [y > 0]}, in place: the adjoint of a ReLU whose gradient nobody else reads.
   */
  static void gateByRelu(Tensor y, Emission e) {
    apply(
        e,
        y,
        ADJOINT + code(Pointwise.Function.RELU),
        1f,
        e.values(y),
        new GradientShare(e.gradient(y), 0));
  }

  private static int code(Pointwise.Function function) {
    return switch (function) {
      case SILU -> 0;
      case RELU -> 1;
      case ABS -> 2;
      case TANH -> 3;
    };
  }

  static void forward(HadamardProduct of, Emission e) {
    Extent n = extent(of.output(), e);
    e.to()
        .product(n, line(e.values(of.output())), 0, line(e.values(of.a())), line(e.values(of.b())));
  }

  static void adjoint(HadamardProduct of, Emission e) {
    carry(of.a(), of.b(), of.output(), e);
    carry(of.b(), of.a(), of.output(), e);
  }

  private static void carry(Tensor x, Tensor other, Tensor output, Emission e) {
    if (x.needsGradient()) {
      GradientShare dx = e.share(x);
      e.to()
          .product(
              extent(output, e),
              line(dx.address()),
              dx.add(),
              line(e.gradient(output)),
              line(e.values(other)));
    }
  }

  /** Four terms at a time. */
  static void forward(Sum of, Emission e) {
    Strided y = line(e.values(of.output()));
    Strided[] terms = of.inputs().stream().map(x -> line(e.values(x))).toArray(Strided[]::new);
    for (int from = 0; from < terms.length; from += 4) {
      int to = Math.min(from + 4, terms.length);
      Strided[] some = java.util.Arrays.copyOfRange(terms, from, to);
      e.to().sum(extent(of.output(), e), y, from == 0 ? 0 : 1, 1f, some);
    }
  }

  static void adjoint(Sum of, Emission e) {
    of.inputs().forEach(x -> carryScaled(x, of.output(), 1f, e));
  }

  /** {@code dx (+)= factor · dy}. */
  private static void carryScaled(Tensor x, Tensor output, float factor, Emission e) {
    if (x.needsGradient()) {
      GradientShare dx = e.share(x);
      Strided dy = line(e.gradient(output));
      e.to().sum(extent(output, e), line(dx.address()), dx.add(), factor, dy);
    }
  }

  static void forward(SignedShift of, Emission e) {
    int width = of.output().width();
    Extent n = Extent.of(1, 1, e.models() * of.output().rows(), width);
    Strided y = Strided.of(e.values(of.output()), 0, 0, width, 1);
    Strided x = Strided.of(e.values(of.x()), 0, 0, width, 1);
    Strided bias = Strided.of(e.parameter(of.bias()), 0, 0, 0, 1);
    e.to().sum(n, y, 0, of.sign(), x, bias);
  }

  static void adjoint(SignedShift of, Emission e) {
    Tensor y = of.output();
    carryScaled(of.x(), y, of.sign(), e);
    e.addColumnSums(y.rows(), y.width(), 1f, e.parameterGradient(of.bias()), e.gradient(y));
  }

  static void forward(ParameterScale of, Emission e) {
    scale(of, e.values(of.x()), e.values(of.output()), 0, e);
  }

  /** {@code y (+)= s · x}. */
  private static void scale(ParameterScale of, long x, long y, int add, Emission e) {
    Strided s = Strided.of(e.parameter(of.scale()), 0, 0, 0, 0);
    e.to().product(extent(of.output(), e), line(y), add, line(x), s);
  }

  static void adjoint(ParameterScale of, Emission e) {
    Tensor y = of.output();
    long dy = e.gradient(y);
    int numbers = y.rows() * y.width();
    e.addColumnSums(numbers, 1, 1f, e.parameterGradient(of.scale()), dy, e.values(of.x()));
    if (of.x().needsGradient()) {
      GradientShare dx = e.share(of.x());
      scale(of, dy, dx.address(), dx.add(), e);
    }
  }

  static void forward(Dropout of, Emission e) {
    drop(of, e.values(of.x()), e.values(of.output()), 0, e);
  }

  static void adjoint(Dropout of, Emission e) {
    if (of.x().needsGradient()) {
      GradientShare dx = e.share(of.x());
      drop(of, e.gradient(of.output()), dx.address(), dx.add(), e);
    }
  }

  private static void drop(Dropout of, long x, long y, int add, Emission e) {
    int n = count(of.output(), e);
    e.to().launch("dropout", n, n, e.seed(), of.key(), of.rate(), x, y, add);
  }

  private static int count(Tensor tensor, Emission e) {
    return extent(tensor, e).places(5);
  }

  private static Extent extent(Tensor tensor, Emission e) {
    return new Extent(
        1, 1, 1, new Extent(e.models(), tensor.rows(), tensor.width(), 1, 1).places(3), 1);
  }

  /** Numbers one behind the other. */
  private static Strided line(long address) {
    return Strided.of(address, 0, 0, 0, 1);
  }
}
