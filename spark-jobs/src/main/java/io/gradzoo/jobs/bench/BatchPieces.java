package io.gradzoo.jobs.bench;

import io.gradzoo.engine.network.LayeredArchitecture;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;

/**
 * A batch in pieces of one architecture, the smallest last, which threads claim one after the other
 * (guided self-scheduling): they finish a batch about together even where one is slower.
 */
final class BatchPieces {
  /** Weights of a piece at least, while every thread gets one: less does not pay for its calls. */
  private static final int LEAST_WEIGHTS = 6_000;

  private final List<Piece> pieces = new ArrayList<>();
  private final AtomicInteger claimed = new AtomicInteger();

  /**
   * Examples that run through one program together.
   *
   * @param number of the piece in its batch
   */
  record Piece(int number, LayeredArchitecture architecture, List<BenchExample> examples) {}

  /**
   * Cuts a batch.
   *
   * @param most examples of an architecture that a program takes at once
   */
  BatchPieces(List<BenchExample> batch, int threads, ToIntFunction<LayeredArchitecture> most) {
    Map<LayeredArchitecture, List<BenchExample>> byArchitecture = new LinkedHashMap<>();
    for (BenchExample example : batch) {
      byArchitecture.computeIfAbsent(example.architecture(), a -> new ArrayList<>()).add(example);
    }
    List<List<BenchExample>> cut = new ArrayList<>();
    byArchitecture.forEach(
        (architecture, examples) -> {
          int capacity = most.applyAsInt(architecture);
          int worthwhile = LEAST_WEIGHTS / architecture.parameterCount() + 1;
          int least = Math.min(worthwhile, (batch.size() + threads - 1) / threads);
          for (int from = 0; from < examples.size(); ) {
            int left = examples.size() - from;
            int share = Math.max(least, (left + 2 * threads - 1) / (2 * threads));
            int to = from + Math.min(left, Math.min(capacity, share));
            cut.add(List.copyOf(examples.subList(from, to)));
            from = to;
          }
        });
    cut.sort(Comparator.comparingInt(List<BenchExample>::size).reversed());
    for (List<BenchExample> examples : cut) {
      pieces.add(new Piece(pieces.size(), examples.get(0).architecture(), examples));
    }
  }

  /** Puts all pieces back. */
  void restart() {
    claimed.set(0);
  }

  /** A piece for the calling thread alone; null if none is left. */
  Piece claim() {
    int next = claimed.getAndIncrement();
    return next < pieces.size() ? pieces.get(next) : null;
  }
}
