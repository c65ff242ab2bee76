package io.gradzoo.jobs.table;

import io.gradzoo.engine.gradient.DenseFactors;
import io.gradzoo.engine.network.AffineLayer;
import java.util.List;
import org.apache.spark.sql.Row;

/** Factors out of rows of {@code layer_factors}, in which large sets are cut into chunks. */
public final class StoredFactors {
  private StoredFactors() {}

  /**
   * A dense layer's factors of a whole set.
   *
   * @param layer of the member
   * @param rows the set's rows of that layer and others, with columns layer, sample_offset, a and
   *     g, by sample_offset
   * @throws IllegalArgumentException if the numbers are not those of whole samples
   */
  public static DenseFactors dense(AffineLayer layer, List<Row> rows) {
    List<Row> ofLayer =
        rows.stream()
            .filter(row -> row.<Integer>getAs(LayerFactorsTable.LAYER) == layer.index())
            .toList();
    return new DenseFactors(
        layer, joined(ofLayer, LayerFactorsTable.A), joined(ofLayer, LayerFactorsTable.G));
  }

  /** The numbers of a column of consecutive chunks, joined. */
  public static float[] joined(List<Row> chunks, String column) {
    List<float[]> parts = chunks.stream().map(row -> Floats.of(row, column)).toList();
    if (parts.size() == 1) {
      return parts.get(0);
    }
    float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int start = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, start, part.length);
      start += part.length;
    }
    return all;
  }
}
