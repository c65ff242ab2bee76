package io.gradzoo.jobs.symmetry;

import io.gradzoo.jobs.JobResult;
import java.io.PrintWriter;
import java.util.List;

/**
 * What changes of networks did to the results of a model.
 *
 * @param model its name
 * @param zoo whose members were changed
 */
public record SymmetryMeasurements(String model, String zoo, List<Measurement> measurements)
    implements JobResult {
  public SymmetryMeasurements {
    measurements = List.copyOf(measurements);
  }

  /** As a table of Markdown, a line each. */
  public List<String> markdown() {
    return SymmetryTable.markdown(model, measurements);
  }

  @Override
  public void print(PrintWriter out) {
    SymmetryTable.print(model, zoo, measurements, out);
  }
}
