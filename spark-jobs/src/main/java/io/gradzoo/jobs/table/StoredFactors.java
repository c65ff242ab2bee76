package io.gradzoo.jobs.table;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.gradient.ConvolutionFactors;
import io.gradzoo.engine.gradient.DenseFactors;
import io.gradzoo.engine.gradient.LayerGradients;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.jobs.GradzooException;
import java.util.List;
import org.apache.spark.sql.Row;

/** Factors out of rows of {@code layer_factors}, in which large sets are cut into chunks. */
public final class StoredFactors {
  private StoredFactors() {}

  /**
   * A layer's factors of a whole set.
   *
   * @param layer of the member, dense or not
   * @param rows the set's rows of that layer and others, with columns layer, sample_offset, a and
   *     g, by sample_offset
   * @throws GradzooException exit code 3 if there are no factors of the layer
   * @throws IllegalArgumentException if the numbers are not those of whole samples
   */
  public static LayerGradients of(AffineLayer layer, List<Row> rows) {
    List<Row> own = ofLayer(layer.index(), rows);
    FactorCells cells = own.isEmpty() ? null : FactorCells.joined(own);
    if (cells == null || cells.a() == null) {
      throw GradzooException.data(
          Fault.of("read layer_factors")
              .at("layer %d", layer.index())
              .expected(layer.convolution() ? "maps and signals" : "inputs and signals")
              .found(cells == null ? "none" : "full gradients")
              .fix(
                  "run gradzoo gradients compute%s",
                  layer.convolution() ? " with gradients.convolutions = maps" : ""));
    }
    return layer.convolution()
        ? new ConvolutionFactors(layer, cells.a(), cells.g())
        : new DenseFactors(layer, cells.a(), cells.g());
  }

  /**
   * A dense layer's factors of a whole set.
   *
   * @param layer of the member
   * @param rows the set's rows of that layer and others, with columns layer, sample_offset, a and
   *     g, by sample_offset
   * @throws IllegalArgumentException if the numbers are not those of whole samples
   */
  public static DenseFactors dense(AffineLayer layer, List<Row> rows) {
    FactorCells cells = FactorCells.joined(ofLayer(layer.index(), rows));
    return new DenseFactors(layer, cells.a(), cells.g());
  }

  /** The rows of one layer, in their order. */
  static List<Row> ofLayer(int layer, List<Row> rows) {
    return rows.stream()
        .filter(row -> row.<Integer>getAs(LayerFactorsTable.LAYER) == layer)
        .toList();
  }
}
