package io.gradzoo.jobs.gradients;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.gradient.LayerMoments;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.family.Chunk;
import io.gradzoo.jobs.family.Extraction;
import io.gradzoo.jobs.family.LayerPart;
import io.gradzoo.jobs.family.ProbedMember;
import io.gradzoo.jobs.table.StoredWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Takes one gradient set of one member, chunk by chunk: nothing larger than a chunk is held. */
final class SetExtraction {
  /** How far the mean of the stored gradients may be from the batch gradient. */
  private static final double TOLERANCE = 1e-5;

  private final SetDefinition definition;
  private final float[] parameters;
  private final int chunk;
  private final Extraction workspace;
  private final float[] values;
  private final List<PooledMoments> moments = new ArrayList<>();
  private double discrepancy;
  private int next;

  /**
   * Prepares a set.
   *
   * @param chunk most samples in a chunk
   * @param workspace for the member's architecture
   * @throws GradzooException exit code 3, naming the member, if its weights are not what its
   *     architecture has, or the probe set does not fit it
   */
  SetExtraction(SetDefinition definition, int chunk, Extraction workspace) {
    this.definition = definition;
    this.parameters = StoredWeights.of(definition.member());
    this.chunk = chunk;
    this.workspace = workspace;
    this.values = new float[definition.probe().samples()];
    definition.rule().requireFit(definition);
  }

  /** What it is taken with. */
  Extraction workspace() {
    return workspace;
  }

  /** Whether chunks are left. */
  boolean hasNext() {
    return next < values.length;
  }

  /** First sample of the next chunk. */
  int offset() {
    return next;
  }

  /**
   * The gradients of the next chunk.
   *
   * @throws GradzooException exit code 3, naming the member, if float32 cannot hold them, or their
   *     mean is not the batch gradient
   */
  Chunk next() {
    int count = Math.min(chunk, values.length - next);
    return accept(extract(definition.probe().part(next, count), next));
  }

  /**
   * The next chunk of each of some sets with one workspace, taken together.
   *
   * @throws GradzooException as {@link #next()}
   */
  static List<Chunk> next(List<SetExtraction> sets) {
    if (sets.size() == 1) {
      return List.of(sets.get(0).next());
    }
    List<Chunk> taken;
    try {
      taken = sets.get(0).workspace.take(sets.stream().map(SetExtraction::nextMember).toList());
    } catch (IllegalArgumentException e) {
      return sets.stream().map(SetExtraction::next).toList(); // says which set it is
    }
    List<Chunk> chunks = new ArrayList<>();
    for (int i = 0; i < sets.size(); i++) {
      chunks.add(sets.get(i).accept(taken.get(i)));
    }
    return chunks;
  }

  private ProbedMember nextMember() {
    int count = Math.min(chunk, values.length - next);
    return member(definition.probe().part(next, count), next);
  }

  private Chunk accept(Chunk taken) {
    int count = taken.values().length;
    problem(taken)
        .ifPresent(
            fault -> {
              throw GradzooException.data(fault);
            });
    System.arraycopy(taken.values(), 0, values, next, count);
    for (LayerPart part : taken.parts()) {
      if (next == 0) {
        moments.add(new PooledMoments());
      }
      moments.get(part.index()).add(part.moments(), count);
    }
    discrepancy = Math.max(discrepancy, taken.discrepancy());
    next += count;
    return taken;
  }

  /**
   * What keeps the set from being served: nothing, or the fault of its first chunk that has one.
   */
  Optional<Fault> problem() {
    for (int first = 0; first < values.length; first += chunk) {
      int count = Math.min(chunk, values.length - first);
      Optional<Fault> problem = problem(extract(definition.probe().part(first, count), first));
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  private Optional<Fault> problem(Chunk taken) {
    Optional<String> strange = taken.notFinite();
    if (strange.isPresent()) {
      return Optional.of(
          fault()
              .expected("losses, gradients and their mean squares that float32 can hold")
              .found(strange.get() + " (overflow)"));
    }
    if (taken.discrepancy() <= TOLERANCE) {
      return Optional.empty();
    }
    return Optional.of(
        fault()
            .expected("the mean gradient to equal the batch gradient to %.0e", TOLERANCE)
            .found(
                Double.isFinite(taken.discrepancy())
                    ? String.format(
                        Locale.ROOT, "a difference of %.1e (rounding)", taken.discrepancy())
                    : "a batch gradient that float32 cannot hold (overflow)"));
  }

  private Chunk extract(ProbeSet part, int first) {
    try {
      return workspace.take(member(part, first));
    } catch (IllegalArgumentException e) {
      throw GradzooException.data(fault().because(e));
    }
  }

  private ProbedMember member(ProbeSet part, int first) {
    return new ProbedMember(parameters, part, definition.rule().on(part, definition, first));
  }

  private Fault fault() {
    return Fault.of("gradients compute")
        .at("member " + definition.memberId())
        .fix("gradients.unservable-members=exclude leaves such members out");
  }

  /** The differentiated numbers of the samples so far, [samples]. */
  float[] values() {
    return values;
  }

  /** The largest difference of a chunk's mean from its batch gradient. */
  double discrepancy() {
    return discrepancy;
  }

  /** Moments of a layer over the chunks so far. */
  LayerMoments moments(int layer) {
    return moments.get(layer).moments();
  }
}
