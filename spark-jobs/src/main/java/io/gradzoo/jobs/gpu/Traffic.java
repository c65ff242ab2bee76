package io.gradzoo.jobs.gpu;

import io.gradzoo.engine.tensor.NumberLoss;
import io.gradzoo.engine.tensor.gpu.Instruction;
import io.gradzoo.engine.tensor.gpu.Instruction.BatchedProduct;
import io.gradzoo.engine.tensor.gpu.Instruction.Clearing;
import io.gradzoo.engine.tensor.gpu.Instruction.Copying;
import io.gradzoo.engine.tensor.gpu.Instruction.KernelLaunch;
import io.gradzoo.engine.tensor.gpu.Instruction.MatrixProduct;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * The bytes that instructions move at least: every different number that one reads, once, and every
 * number that it writes, as if caches held what it reads again. What an instruction does not tell,
 * which rows of a table it looks up, is left out.
 */
final class Traffic {
  private static final int FIRST_WITHOUT_TARGET = NumberLoss.ErrorOfNumber.LINEAR.code();
  private static final Map<String, ToDoubleFunction<LaunchedArguments>> NUMBERS = new HashMap<>();

  static {
    NUMBERS.put("sum", LaunchedArguments::strided);
    NUMBERS.put("product", LaunchedArguments::strided);
    NUMBERS.put("reduce", LaunchedArguments::strided);
    NUMBERS.put("rectifiedPairs", LaunchedArguments::strided);
    NUMBERS.put("pointwise", a -> a.number(0) * (1 + a.given(4) + a.written(6)));
    NUMBERS.put("dropout", a -> a.number(0) * (1 + a.written(6)));
    NUMBERS.put("lookup", a -> a.number(1) + a.number(0) * (a.given(5) + a.written(8)));
    NUMBERS.put("lookupTable", Traffic::ofTable);
    NUMBERS.put("selectRows", a -> a.number(1) + a.number(0) * (1 + a.written(7)));
    NUMBERS.put("crossEntropy", a -> a.number(0) * (2 * a.number(1) + 1));
    NUMBERS.put("crossEntropyAdjoint", Traffic::ofCrossEntropyAdjoint);
    NUMBERS.put("fold", a -> (a.number(0) + 2) * a.number(1));
    NUMBERS.put("centre", a -> a.number(0) * a.number(1) * (1 + a.written(5)));
    NUMBERS.put("layerNormSilu", Traffic::ofNorm);
    NUMBERS.put("layerNormRows", Traffic::ofNormRows);
    NUMBERS.put("layerNormColumns", Traffic::ofNormColumns);
    NUMBERS.put("normalise", a -> a.number(0) * (2 * a.number(1) + 1));
    NUMBERS.put("normaliseAdjoint", Traffic::ofNormalising);
    NUMBERS.put("patches", a -> a.number(0) * (1 + 1 / a.patchesOfNumber()));
    NUMBERS.put("patchesAdjoint", a -> a.number(0) * (a.patchesOfNumber() + a.written(4)));
    NUMBERS.put("attend", a -> a.attentionRows() * (4 * a.attentionWidth() + 2));
    NUMBERS.put("attendQueries", a -> a.attentionRows() * (6 * a.attentionWidth() + 3));
    NUMBERS.put("attendKeys", a -> a.attentionRows() * (6 * a.attentionWidth() + 3));
    NUMBERS.put("loss", Traffic::ofLoss);
    NUMBERS.put("addLosses", a -> a.number(0));
    NUMBERS.put("squares", a -> a.number(0) + 2 * a.number(1));
    NUMBERS.put("clip", a -> 2 * a.number(0));
    NUMBERS.put("update", a -> 2 * a.number(0) * (2 + a.given(5) + a.given(6)));
  }

  private Traffic() {}

  /** The kernels whose numbers it counts. */
  static Set<String> kernels() {
    return NUMBERS.keySet();
  }

  /** Bytes read and written. */
  static double bytes(Instruction instruction) {
    return Float.BYTES * numbers(instruction);
  }

  private static double numbers(Instruction instruction) {
    if (instruction instanceof MatrixProduct of) {
      return left(of) + right(of) + result(of);
    } else if (instruction instanceof BatchedProduct batch) {
      MatrixProduct of = batch.first();
      return different(batch.count(), batch.stepA()) * left(of)
          + different(batch.count(), batch.stepB()) * right(of)
          + batch.count() * result(of);
    } else if (instruction instanceof Copying copy) {
      return 2.0 * copy.count();
    } else if (instruction instanceof Clearing clearing) {
      return clearing.count();
    }
    KernelLaunch launch = (KernelLaunch) instruction;
    return NUMBERS.get(launch.kernel()).applyAsDouble(LaunchedArguments.of(launch));
  }

  private static double left(MatrixProduct of) {
    return (double) of.m() * of.k();
  }

  private static double right(MatrixProduct of) {
    return (double) of.k() * of.n();
  }

  private static double result(MatrixProduct of) {
    return (double) of.m() * of.n() * (of.beta() == 0 ? 1 : 2);
  }

  private static double different(int count, long step) {
    return step == 0 ? 1 : count;
  }

  private static double ofTable(LaunchedArguments a) {
    return a.number(1) * (1 + a.number(2)) + 2 * a.number(0) * a.number(2);
  }

  /** x and y; gain, shift and perhaps a bias; two moments of each row. */
  private static double ofNorm(LaunchedArguments a) {
    return a.number(0) * (a.number(1) * (1 + a.written(8)) + 2) + a.number(1) * (2 + a.given(4));
  }

  /** x, dy and perhaps dx; gain, shift and perhaps a bias; four moments. */
  private static double ofNormRows(LaunchedArguments a) {
    double ofRow = a.number(1) * (2 + a.given(8) * a.written(9)) + 4;
    return a.number(0) * ofRow + a.number(1) * (2 + a.given(4));
  }

  /** x and dy; gain, shift and perhaps a bias; four moments; three sums of each model. */
  private static double ofNormColumns(LaunchedArguments a) {
    double rows = a.number(0) * a.number(1);
    double width = a.number(2);
    return rows * (2 * width + 4) + width * (2 + a.given(5)) + 3 * a.number(0) * width;
  }

  /** y, r unless it is y, dy, dx, and a scale of each row. */
  private static double ofNormalising(LaunchedArguments a) {
    double others = a.all().get(2).equals(a.all().get(3)) ? 0 : 1;
    return a.number(0) * (a.number(1) * (2 + others + a.written(8)) + 1);
  }

  /** x, t, dy of each row, and dx and dt if there are any. */
  private static double ofCrossEntropyAdjoint(LaunchedArguments a) {
    double others = a.given(5) * a.written(6) + a.given(7) * a.written(8);
    return a.number(0) * (a.number(1) * (2 + others) + 1);
  }

  /** y, perhaps targets and slopes; two shares and a loss of each model. */
  private static double ofLoss(LaunchedArguments a) {
    double targets = a.number(3) < FIRST_WITHOUT_TARGET ? 1 : 0;
    return a.number(0) * (a.number(1) * (1 + targets + a.given(8)) + 2 + a.written(10));
  }
}
