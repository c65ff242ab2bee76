package io.gradzoo.jobs.table;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.gradient.transformer.EmbeddingTokenFactors;
import io.gradzoo.engine.gradient.transformer.LinearTokenFactors;
import io.gradzoo.engine.gradient.transformer.NormalizationTokenFactors;
import io.gradzoo.engine.gradient.transformer.TokenGradients;
import io.gradzoo.engine.network.transformer.Sequences;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import io.gradzoo.engine.network.transformer.TransformerLayer;
import io.gradzoo.engine.network.transformer.TransformerLayer.Embedding;
import io.gradzoo.engine.network.transformer.TransformerLayer.LinearMap;
import io.gradzoo.engine.network.transformer.TransformerLayer.Normalization;
import io.gradzoo.jobs.GradzooException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;

/**
 * Factors of a transformer out of rows of {@code layer_factors}, in which large sets are cut into
 * chunks. Its sequences are images, which take every position.
 *
 * @param architecture of the member
 * @param sequences the probe set
 * @param rows the set's rows of all layers, by sample offset
 */
public record StoredTokens(
    TransformerArchitecture architecture, Sequences sequences, List<Row> rows) {

  /**
   * The factors of a set.
   *
   * @param rows the set's rows of all layers, with columns layer, a, g and ids, by sample_offset
   * @throws GradzooException exit code 3 if there are no ids of tokens
   */
  public static StoredTokens of(TransformerArchitecture architecture, List<Row> rows) {
    TransformerLayer table = architecture.layout().tokenTable();
    int[] tokens = ids(StoredFactors.ofLayer(table.index(), rows));
    int positions = architecture.positions();
    if (tokens.length == 0 || tokens.length % positions != 0) {
      throw GradzooException.data(
          Fault.of("read layer_factors")
              .at("layer %d", table.index())
              .expected("ids of %d tokens for each sample", positions)
              .found("%d in all", tokens.length)
              .fix("run gradzoo gradients compute"));
    }
    int[] starts =
        IntStream.rangeClosed(0, tokens.length / positions).map(n -> n * positions).toArray();
    return new StoredTokens(architecture, new Sequences(tokens, starts), rows);
  }

  /**
   * All stages, in the order of the flat parameters.
   *
   * @throws IllegalArgumentException if the numbers are not those of the set's tokens
   */
  public List<TokenGradients> layers() {
    return architecture.layout().layers().stream().map(this::layer).toList();
  }

  /**
   * One stage.
   *
   * @throws IllegalArgumentException if the numbers are not those of the set's tokens
   */
  public TokenGradients layer(TransformerLayer layer) {
    FactorCells cells = FactorCells.joined(StoredFactors.ofLayer(layer.index(), rows));
    if (cells.g() == null || (layer instanceof Embedding ? cells.ids() : cells.a()) == null) {
      throw Fault.of("read layer_factors")
          .at("layer %d", layer.index())
          .expected("factors of %s", layer.name())
          .found("others")
          .exception();
    }
    if (layer instanceof Embedding table) {
      return new EmbeddingTokenFactors(table, sequences, cells.ids(), cells.g());
    }
    return layer instanceof LinearMap map
        ? new LinearTokenFactors(map, sequences, cells.a(), cells.g())
        : new NormalizationTokenFactors((Normalization) layer, sequences, cells.a(), cells.g());
  }

  private static int[] ids(List<Row> own) {
    int[] ids = ConcatenatedChunks.ints(own, LayerFactorsTable.IDS);
    return ids == null ? new int[0] : ids;
  }
}
