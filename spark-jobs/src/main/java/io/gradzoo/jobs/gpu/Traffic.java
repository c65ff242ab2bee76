package io.gradzoo.jobs.gpu;

import io.gradzoo.engine.tensor.gpu.Extent;
import io.gradzoo.engine.tensor.gpu.Instruction;
import io.gradzoo.engine.tensor.gpu.Instruction.Clearing;
import io.gradzoo.engine.tensor.gpu.Instruction.Copying;
import io.gradzoo.engine.tensor.gpu.Instruction.KernelLaunch;
import io.gradzoo.engine.tensor.gpu.Instruction.MatrixProduct;
import io.gradzoo.engine.tensor.gpu.Strided;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An estimate of the bytes that instructions move: every operand once, as if caches held what is
 * read again and nothing else. Exact for products, copies and zeros.
 */
final class Traffic {
  /** Kernels whose first two arguments are rows and their width. */
  private static final Set<String> OF_ROWS =
      Set.of("layerNormSilu", "layerNormRows", "normalise", "normaliseAdjoint");

  private Traffic() {}

  /** Bytes read and written. */
  static double bytes(Instruction instruction) {
    if (instruction instanceof MatrixProduct of) {
      double written = (double) of.m() * of.n() * (of.beta() == 0 ? 1 : 2);
      return Float.BYTES * ((double) of.k() * ((double) of.m() + of.n()) + written);
    } else if (instruction instanceof Copying copy) {
      return 2.0 * Float.BYTES * copy.count();
    } else if (instruction instanceof Clearing clearing) {
      return (double) Float.BYTES * clearing.count();
    }
    KernelLaunch launch = (KernelLaunch) instruction;
    Optional<Extent> extent =
        launch.arguments().stream()
            .filter(Extent.class::isInstance)
            .map(Extent.class::cast)
            .findFirst();
    return Float.BYTES
        * extent.map(n -> strided(n, launch.arguments())).orElseGet(() -> plain(launch));
  }

  private static double strided(Extent n, List<Object> arguments) {
    return arguments.stream()
        .filter(Strided.class::isInstance)
        .map(Strided.class::cast)
        .filter(operand -> operand.base() != 0)
        .mapToDouble(operand -> numbers(n, operand))
        .sum();
  }

  /** A distance of 0 shows the same numbers again. */
  private static double numbers(Extent n, Strided operand) {
    return length(n.n0(), operand.s0())
        * length(n.n1(), operand.s1())
        * length(n.n2(), operand.s2())
        * length(n.n3(), operand.s3())
        * length(n.n4(), operand.s4());
  }

  private static double length(int places, long distance) {
    return distance == 0 ? 1 : places;
  }

  /** A number of each address for each thread, or for each number of the rows. */
  private static double plain(KernelLaunch launch) {
    List<Object> arguments = launch.arguments();
    double places =
        OF_ROWS.contains(launch.kernel())
            ? (double) (Integer) arguments.get(0) * (Integer) arguments.get(1)
            : (double) launch.blocks() * launch.threads();
    long addresses =
        arguments.stream().filter(of -> of instanceof Long address && address != 0).count();
    return places * addresses;
  }
}
