package io.gradzoo.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.jobs.bench.BatchPieces.Piece;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BatchPiecesTest {
  private static final LayeredArchitecture NARROW =
      LayeredArchitecture.parse("relu:64:dense100:dense2");
  private static final LayeredArchitecture WIDE =
      LayeredArchitecture.parse("relu:64:dense120:dense2");

  private final List<BenchExample> batch = BenchExample.networks(List.of(NARROW, WIDE), 64, 5);
  private final BatchPieces pieces =
      new BatchPieces(batch, 2, architecture -> architecture.equals(NARROW) ? 8 : 3);

  @Test
  void everyExampleIsInOnePieceOfItsArchitecture() {
    List<BenchExample> seen = new ArrayList<>();
    for (Piece piece : claimed()) {
      assertThat(piece.examples())
          .allMatch(example -> example.architecture().equals(piece.architecture()));
      seen.addAll(piece.examples());
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(batch);
  }

  @Test
  void piecesGrowSmallerDownToOneExample() {
    List<Integer> sizes = claimed().stream().map(piece -> piece.examples().size()).toList();

    assertThat(sizes).startsWith(8).endsWith(1).isSortedAccordingTo((a, b) -> b - a);
  }

  @Test
  void noPieceIsLargerThanItsProgram() {
    assertThat(claimed())
        .filteredOn(piece -> piece.architecture().equals(WIDE))
        .isNotEmpty()
        .allMatch(piece -> piece.examples().size() <= 3);
  }

  @Test
  void smallNetworksAreCutForTheThreadsAlone() {
    LayeredArchitecture small = LayeredArchitecture.parse("relu:4:dense3:dense2");
    List<BenchExample> networks = BenchExample.networks(List.of(small), 16, 5);

    assertThat(new BatchPieces(networks, 2, architecture -> 16).claim().examples()).hasSize(8);
    assertThat(new BatchPieces(networks, 4, architecture -> 16).claim().examples()).hasSize(4);
  }

  @Test
  void aRestartGivesTheSamePiecesAgain() {
    List<Piece> first = claimed();
    pieces.restart();

    assertThat(claimed()).isNotEmpty().isEqualTo(first);
  }

  private List<Piece> claimed() {
    List<Piece> all = new ArrayList<>();
    for (Piece piece = pieces.claim(); piece != null; piece = pieces.claim()) {
      all.add(piece);
    }
    return all;
  }
}
