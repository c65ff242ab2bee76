package io.gradzoo.engine.tensor.cpu;

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
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;

/** Which {@link CpuOperation} runs which kind of {@link Operation}: one line each. */
final class CpuOperations {
  private static final Map<Class<?>, BiFunction<Operation, CpuContext, CpuOperation>> BY_KIND =
      new HashMap<>();

  static {
    add(Attention.class, CpuAttention::new);
    add(BandMean.class, CpuBandMean::new);
    add(ClassCrossEntropy.class, CpuClassCrossEntropy::new);
    add(Concatenation.class, CpuCopy::concatenation);
    add(Dropout.class, CpuDropout::new);
    add(EvenLayerNormSilu.class, CpuEvenLayerNormSilu::new);
    add(GridAffine.class, CpuGridAffine::new);
    add(GridInnerProduct.class, CpuGridInnerProduct::new);
    add(GridProduct.class, CpuGridProduct::new);
    add(GridReduce.class, CpuGridReduce::new);
    add(GridSum.class, CpuGridSum::new);
    add(GridTranspose.class, CpuCopy::gridTranspose);
    add(HadamardProduct.class, CpuHadamardProduct::new);
    add(LayerNormSilu.class, CpuLayerNormSilu::new);
    add(Linear.class, CpuLinear::new);
    add(OwnParameters.class, CpuOwnParameters::new);
    add(ParameterScale.class, CpuParameterScale::new);
    add(Patches.class, CpuPatches::new);
    add(Pointwise.class, CpuPointwise::new);
    add(Reciprocal.class, CpuReciprocal::new);
    add(RectifiedPairSum.class, CpuRectifiedPairSum::new);
    add(ReweightedMean.class, CpuReweightedMean::new);
    add(RowProducts.class, CpuRowProducts::new);
    add(RowSelection.class, CpuCopy::rowSelection);
    add(RowSlice.class, CpuCopy::rowSlice);
    add(SignedShift.class, CpuSignedShift::new);
    add(Sine.class, CpuSine::new);
    add(Stack.class, CpuCopy::stack);
    add(Sum.class, CpuSum::new);
    add(TableLookup.class, CpuTableLookup::new);
    add(UnitNorm.class, CpuUnitNorm::new);
  }

  private CpuOperations() {}

  /** How the CPU runs an operation. */
  static CpuOperation of(Operation operation, CpuContext context) {
    Class<?> kind = operation.getClass();
    return Objects.requireNonNull(BY_KIND.get(kind), () -> "not among the CPU's: " + kind)
        .apply(operation, context);
  }

  /** The kinds of operations that can be run. */
  static Set<Class<?>> kinds() {
    return BY_KIND.keySet();
  }

  private static <T extends Operation> void add(
      Class<T> kind, BiFunction<T, CpuContext, CpuOperation> run) {
    BY_KIND.put(kind, (operation, context) -> run.apply(kind.cast(operation), context));
  }
}
