package io.gradzoo.jobs.facade;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.JobResult;
import io.gradzoo.jobs.report.NetworkDetails;
import io.gradzoo.jobs.report.ResultHtml;
import io.gradzoo.jobs.task.Tasks;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What a step came to.
 *
 * @param value what its job returns
 * @param notes what the user should know of the step beside it, such as that tables are of other
 *     code; one line each
 * @param networks what tooltips of its charts say of networks
 * @param tasks whose sections show results
 */
public record StepResult<R extends JobResult>(
    R value, List<String> notes, NetworkDetails networks, Tasks tasks) {
  public StepResult {
    notes = List.copyOf(notes);
  }

  /** Of a step whose charts show no networks. */
  public StepResult(R value, List<String> notes, Tasks tasks) {
    this(value, notes, NetworkDetails.NONE, tasks);
  }

  /** The text that the command line shows, below the notes; what is wrong with the data last. */
  @Override
  public String toString() {
    List<String> lines = new ArrayList<>(notes);
    text().lines().forEach(lines::add);
    value.faults().stream().map(Fault::line).forEach(lines::add);
    return String.join("\n", lines);
  }

  /** The result for a notebook: the report's tables and charts of it, else its text. */
  public String toHtml() {
    return ResultHtml.of(value, toString(), networks, tasks);
  }

  private String text() {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    value.print(out);
    out.flush();
    return text.toString();
  }
}
