package io.gradzoo.jobs.family;

import io.gradzoo.engine.gradient.LayerMoments;
import io.gradzoo.jobs.table.FactorCells;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The gradients of some consecutive samples of a set.
 *
 * @param values the differentiated number of each sample
 * @param discrepancy how far their mean is from a batch gradient that was computed separately
 * @param parts one per layer that has parameters, in their order
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
public record Chunk(float[] values, double discrepancy, List<LayerPart> parts) {
  public Chunk {
    parts = List.copyOf(parts);
  }

  /** The first number that is not finite, in words; nothing if all are. */
  public Optional<String> notFinite() {
    return Stream.concat(
            notFinite("sample_loss", values).stream(),
            parts.stream().flatMap(part -> notFinite(part).stream()))
        .findFirst();
  }

  private static Optional<String> notFinite(LayerPart part) {
    FactorCells factors = part.cells();
    LayerMoments moments = part.moments();
    String layer = " of layer " + part.index();
    return Stream.of(
            notFinite("a" + layer, factors.a()),
            notFinite("g" + layer, factors.g()),
            notFinite("dw" + layer, factors.dw()),
            notFinite("db" + layer, factors.db()),
            notFinite("mean_dw" + layer, moments.meanWeight()),
            notFinite("mean_dw2" + layer, moments.meanSquaredWeight()),
            notFinite("mean_db" + layer, moments.meanBias()),
            notFinite("mean_db2" + layer, moments.meanSquaredBias()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> notFinite(String what, float[] numbers) {
    if (numbers != null) {
      for (float number : numbers) {
        if (!Float.isFinite(number)) {
          return Optional.of(number + " in " + what);
        }
      }
    }
    return Optional.empty();
  }
}
