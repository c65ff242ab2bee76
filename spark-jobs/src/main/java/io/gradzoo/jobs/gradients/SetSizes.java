package io.gradzoo.jobs.gradients;

import io.gradzoo.engine.network.Architecture;
import io.gradzoo.jobs.family.LayerSize;
import java.util.EnumMap;
import java.util.Map;

/**
 * Bytes that the gradient sets of one member take, before compression.
 *
 * @param tables in all, by table
 * @param largestRow of any table, and which
 * @param held what a task holds at a time: a chunk's gradients and the set's sums and values,
 *     twice, as arrays and as rows on their way into a file
 */
record SetSizes(Map<GradientTable, Long> tables, Largest largestRow, long held) {
  private static final long ROW = 300;
  private static final int MOMENTS = 4;
  private static final int COPIES = 2;

  /** A table's largest row in bytes. */
  record Largest(GradientTable table, long bytes) {
    private static Largest of(Largest a, GradientTable table, long bytes) {
      return a.bytes >= bytes ? a : new Largest(table, bytes);
    }
  }

  static SetSizes of(GradientPlan plan, Architecture architecture) {
    Map<GradientTable, Long> tables = new EnumMap<>(GradientTable.class);
    Largest largest = new Largest(GradientTable.SETS, 0);
    long held = 0;
    long inputs = plan.probes().inputs(architecture);
    for (Probes.Size set : plan.probes().sizes()) {
      long samples = set.samples();
      long chunk = Math.min(samples, plan.chunk(architecture));
      long probe = Float.BYTES * samples * inputs + ROW;
      if (!(plan.probes() instanceof Probes.Shared)) {
        tables.merge(GradientTable.PROBES, probe, Long::sum);
      }
      largest = Largest.of(largest, GradientTable.PROBES, probe);
      long row = ROW + Float.BYTES * samples;
      tables.merge(GradientTable.SETS, row, Long::sum);
      largest = Largest.of(largest, GradientTable.SETS, row);
      long ofChunk = probe + row;
      for (LayerSize layer : plan.layers(architecture)) {
        long moments = ROW + MOMENTS * Float.BYTES * layer.parameters();
        tables.merge(GradientTable.MOMENTS, moments, Long::sum);
        largest = Largest.of(largest, GradientTable.MOMENTS, moments);
        if (set.keepsFactors() && layer.storedBytes() > 0) {
          GradientTable table = GradientTable.select(layer.form());
          tables.merge(table, ROW + samples * layer.storedBytes(), Long::sum);
          largest = Largest.of(largest, table, ROW + chunk * layer.storedBytes());
        }
        ofChunk += chunk * layer.sampleBytes() + 3 * moments;
      }
      held = Math.max(held, COPIES * ofChunk);
    }
    return new SetSizes(tables, largest, held);
  }
}
