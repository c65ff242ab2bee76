package io.gradzoo.jobs.report.block;

import java.util.List;

/** A table or a chart of a section, as a value. NaN stands for a number that does not exist. */
public sealed interface ReportBlock {

  /**
   * Rows of text cells.
   *
   * @param caption what the table shows
   * @param rowHeading heading of the column of row names
   * @param columns headings of the cells
   */
  record Table(String caption, String rowHeading, List<String> columns, List<TableRow> rows)
      implements ReportBlock {
    public Table {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
    }
  }

  /**
   * A row of a table.
   *
   * @param note small print beside the name; may be empty
   * @param emphasis whether the row is what the table is about
   * @param cells one for each column
   */
  record TableRow(String name, String note, Emphasis emphasis, List<TableCell> cells) {
    public TableRow {
      cells = List.copyOf(cells);
    }
  }

  /** A cell of a row. */
  record TableCell(String text, Emphasis emphasis) {}

  /** Whether a row or a cell stands out. */
  enum Emphasis {
    NONE,
    STRONG
  }

  /**
   * Points in the plane, both axes on one scale, with the diagonal where they are equal.
   *
   * @param title of the figure
   * @param x title of the horizontal axis
   * @param y title of the vertical axis
   * @param diagonal what is true of the points on the diagonal, such as {@code predicted exactly}
   * @param noun what a point stands for, in the singular
   * @param points those that are not finite are counted and not drawn
   */
  record Scatter(
      String title, String x, String y, String diagonal, String noun, List<PlotPoint> points)
      implements ReportBlock {
    public Scatter {
      points = List.copyOf(points);
    }
  }

  /**
   * A point.
   *
   * @param network id of the member that it stands for
   * @param series name of those that look alike
   */
  record PlotPoint(String network, String series, double x, double y) {
    /** Whether it can be drawn. */
    public boolean finite() {
      return Double.isFinite(x) && Double.isFinite(y);
    }
  }

  /**
   * Lines over counts, such as rounds.
   *
   * @param title of the figure
   * @param x title of the horizontal axis
   * @param y title of the vertical axis
   * @param positions on the horizontal axis, ascending
   */
  record Lines(String title, String x, String y, List<Integer> positions, List<Line> lines)
      implements ReportBlock {
    public Lines {
      positions = List.copyOf(positions);
      lines = List.copyOf(lines);
    }
  }

  /**
   * A line.
   *
   * @param values one for each position; those that are not finite are passed over
   */
  record Line(String name, List<Double> values) {
    public Line {
      values = List.copyOf(values);
    }
  }
}
