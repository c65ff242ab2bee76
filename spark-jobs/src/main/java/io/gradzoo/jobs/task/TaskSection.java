package io.gradzoo.jobs.task;

import io.gradzoo.jobs.report.block.ReportBlock;
import java.util.List;
import java.util.Optional;

/**
 * What a report shows of the models of a task. {@link PredictionSection} is the default; a task
 * whose outputs are not compared with targets number by number shows its own. No code version
 * depends on it.
 */
public interface TaskSection {

  /** The tables and charts of a model's section, from top to bottom. */
  List<ReportBlock> blocks(ModelResults results);

  /** What the top of the report says of a model; empty if its results say nothing. */
  Optional<Headline> headline(ModelResults results);

  /**
   * The gist of a model's results. Of all models of a task, that of the highest rank stands at the
   * top of the report.
   *
   * @param rank a number that is higher for better models; not NaN
   * @param sentence with its full stop
   * @param figures a few numbers to be set large
   */
  record Headline(double rank, String sentence, List<Figure> figures) {
    public Headline {
      figures = List.copyOf(figures);
    }
  }

  /** A number with its name, both as text. */
  record Figure(String name, String value) {}
}
