package io.gradzoo.engine.tensor;

import java.util.List;

/**
 * One step of a {@link Tape}: what is computed of what, and with which parameters. How it is
 * computed, and how its adjoint, is up to the {@link Device} that runs the tape. All tensors have a
 * leading dimension of models, which formulas leave out: an operation does the same for each.
 */
public sealed interface Operation
    permits Attention,
        BandMean,
        ClassCrossEntropy,
        Concatenation,
        Dropout,
        EvenLayerNormSilu,
        GridAffine,
        GridInnerProduct,
        GridProduct,
        GridReduce,
        GridSum,
        GridTranspose,
        HadamardProduct,
        LayerNormSilu,
        Linear,
        OwnParameters,
        ParameterScale,
        Patches,
        Pointwise,
        Reciprocal,
        RectifiedPairSum,
        ReweightedMean,
        RowProducts,
        RowSelection,
        RowSlice,
        SignedShift,
        Sine,
        Stack,
        Sum,
        TableLookup,
        UnitNorm {

  /** What it reads, in order; one tensor may come several times. */
  List<Tensor> inputs();

  /** What it computes. */
  Tensor output();
}
