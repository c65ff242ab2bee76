package io.gradzoo.engine.tensor.gpu;

import io.gradzoo.engine.tensor.Attention;
import io.gradzoo.engine.tensor.BandMean;
import io.gradzoo.engine.tensor.ClassCrossEntropy;
import io.gradzoo.engine.tensor.Concatenation;
import io.gradzoo.engine.tensor.Dropout;
import io.gradzoo.engine.tensor.EvenLayerNormSilu;
import io.gradzoo.engine.tensor.GridAffine;
import io.gradzoo.engine.tensor.GridInnerProduct;
import io.gradzoo.engine.tensor.GridProduct;
import io.gradzoo.engine.tensor.GridReduce;
import io.gradzoo.engine.tensor.GridSum;
import io.gradzoo.engine.tensor.GridTranspose;
import io.gradzoo.engine.tensor.HadamardProduct;
import io.gradzoo.engine.tensor.LayerNormSilu;
import io.gradzoo.engine.tensor.Linear;
import io.gradzoo.engine.tensor.Operation;
import io.gradzoo.engine.tensor.OwnParameters;
import io.gradzoo.engine.tensor.ParameterScale;
import io.gradzoo.engine.tensor.Patches;
import io.gradzoo.engine.tensor.Pointwise;
import io.gradzoo.engine.tensor.Reciprocal;
import io.gradzoo.engine.tensor.RectifiedPairSum;
import io.gradzoo.engine.tensor.ReweightedMean;
import io.gradzoo.engine.tensor.RowProducts;
import io.gradzoo.engine.tensor.RowSelection;
import io.gradzoo.engine.tensor.RowSlice;
import io.gradzoo.engine.tensor.SignedShift;
import io.gradzoo.engine.tensor.Sine;
import io.gradzoo.engine.tensor.Stack;
import io.gradzoo.engine.tensor.Sum;
import io.gradzoo.engine.tensor.TableLookup;
import io.gradzoo.engine.tensor.UnitNorm;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** Which instructions compute which kind of {@link Operation} and its adjoint: one line each. */
final class GpuOperations {
  private static final Map<Class<?>, Emitter> BY_KIND = new HashMap<>();

  static {
    add(Attention.class, AttentionKernels::forward, AttentionKernels::adjoint);
    add(BandMean.class, GridKernels::forward, GridKernels::adjoint);
    add(ClassCrossEntropy.class, CrossEntropyKernels::forward, CrossEntropyKernels::adjoint);
    add(Concatenation.class, CopyKernels::concatenate, CopyKernels::concatenateAdjoint);
    add(Dropout.class, PointwiseKernels::forward, PointwiseKernels::adjoint);
    add(EvenLayerNormSilu.class, RowKernels::forward, RowKernels::adjoint);
    add(GridInnerProduct.class, GridKernels::forward, GridKernels::adjoint);
    add(GridProduct.class, GridKernels::forward, GridKernels::adjoint);
    add(GridReduce.class, GridKernels::forward, GridKernels::adjoint);
    add(GridSum.class, GridSumKernels::forward, GridSumKernels::adjoint);
    add(GridTranspose.class, CopyKernels::transpose, CopyKernels::transposeAdjoint);
    add(HadamardProduct.class, PointwiseKernels::forward, PointwiseKernels::adjoint);
    add(LayerNormSilu.class, RowKernels::forward, RowKernels::adjoint);
    add(Linear.class, LinearKernels::forward, LinearKernels::adjoint);
    add(OwnParameters.class, CopyKernels::take, CopyKernels::takeAdjoint);
    add(ParameterScale.class, PointwiseKernels::forward, PointwiseKernels::adjoint);
    add(Patches.class, PatchKernels::forward, PatchKernels::adjoint);
    add(Pointwise.class, PointwiseKernels::forward, PointwiseKernels::adjoint);
    add(Reciprocal.class, RowKernels::forward, RowKernels::adjoint);
    add(RectifiedPairSum.class, PairKernels::forward, PairKernels::adjoint);
    add(ReweightedMean.class, PairKernels::forward, PairKernels::adjoint);
    add(RowProducts.class, RowProductKernels::forward, RowProductKernels::adjoint);
    add(RowSelection.class, CopyKernels::select, CopyKernels::selectAdjoint);
    add(RowSlice.class, CopyKernels::slice, CopyKernels::sliceAdjoint);
    add(SignedShift.class, PointwiseKernels::forward, PointwiseKernels::adjoint);
    add(Sine.class, PointwiseKernels::forward, PointwiseKernels::adjoint);
    add(Stack.class, CopyKernels::stack, CopyKernels::stackAdjoint);
    add(Sum.class, PointwiseKernels::forward, PointwiseKernels::adjoint);
    add(TableLookup.class, LookupKernels::forward, LookupKernels::adjoint);
    add(UnitNorm.class, RowKernels::forward, RowKernels::adjoint);
  }

  private GpuOperations() {}

  private record Emitter(
      BiConsumer<Operation, Emission> forward, BiConsumer<Operation, Emission> adjoint) {}

  /** Adds the instructions that compute an operation's output. */
  static void forward(Operation operation, Emission emission) {
    BY_KIND.get(operation.getClass()).forward.accept(operation, emission);
  }

  /** Adds the instructions that carry its output's gradient to inputs and parameters. */
  static void adjoint(Operation operation, Emission emission) {
    BY_KIND.get(operation.getClass()).adjoint.accept(operation, emission);
  }

  /** The kinds of operations that can be run; a {@link GridAffine} is run as its two parts. */
  static Set<Class<?>> kinds() {
    Set<Class<?>> kinds = new HashSet<>(BY_KIND.keySet());
    kinds.add(GridAffine.class);
    return kinds;
  }

  private static <T extends Operation> void add(
      Class<T> kind, BiConsumer<T, Emission> forward, BiConsumer<T, Emission> adjoint) {
    BY_KIND.put(
        kind,
        new Emitter(
            (operation, emission) -> forward.accept(kind.cast(operation), emission),
            (operation, emission) -> adjoint.accept(kind.cast(operation), emission)));
  }
}
