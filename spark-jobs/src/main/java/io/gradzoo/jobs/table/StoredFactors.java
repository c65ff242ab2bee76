package io.gradzoo.jobs.table;

import static io.gradzoo.jobs.table.LayerFactorsTable.A;
import static io.gradzoo.jobs.table.LayerFactorsTable.G;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.gradient.ConvolutionFactors;
import io.gradzoo.engine.gradient.DenseFactors;
import io.gradzoo.engine.gradient.LayerGradients;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.jobs.GradzooException;
import java.util.List;
import org.apache.spark.sql.Row;
import scala.collection.JavaConverters;
import scala.collection.Seq;

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
    List<Row> own = ofLayer(layer, rows);
    if (own.isEmpty() || own.stream().anyMatch(row -> row.isNullAt(row.fieldIndex(A)))) {
      throw GradzooException.data(
          Fault.of("read layer_factors")
              .at("layer %d", layer.index())
              .expected(layer.convolution() ? "maps and signals" : "inputs and signals")
              .found(own.isEmpty() ? "none" : "full gradients")
              .fix(
                  "run gradzoo gradients compute%s",
                  layer.convolution() ? " with gradients.convolutions = maps" : ""));
    }
    return layer.convolution()
        ? new ConvolutionFactors(layer, joined(own, A), joined(own, G))
        : new DenseFactors(layer, joined(own, A), joined(own, G));
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
    List<Row> own = ofLayer(layer, rows);
    return new DenseFactors(layer, joined(own, A), joined(own, G));
  }

  private static List<Row> ofLayer(AffineLayer layer, List<Row> rows) {
    return rows.stream()
        .filter(row -> row.<Integer>getAs(LayerFactorsTable.LAYER) == layer.index())
        .toList();
  }

  /** The ids of consecutive chunks, joined; none where the column is not filled. */
  public static int[] ids(List<Row> chunks) {
    return chunks.stream()
        .filter(row -> !row.isNullAt(row.fieldIndex(LayerFactorsTable.IDS)))
        .flatMapToInt(
            row ->
                JavaConverters.seqAsJavaList(row.<Seq<Integer>>getAs(LayerFactorsTable.IDS))
                    .stream()
                    .mapToInt(Integer::intValue))
        .toArray();
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
