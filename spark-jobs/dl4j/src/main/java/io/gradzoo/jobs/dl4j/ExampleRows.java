package io.gradzoo.jobs.dl4j;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.training.Example;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Examples as the rows of a matrix, which is all that DL4J lets through a network: the number of
 * the architecture, then what the metanetwork reads, then zeros.
 *
 * @param architectures that a row may name
 * @param width of a row
 * @param targets of an example
 */
public record ExampleRows(List<Architecture> architectures, int width, int targets)
    implements Serializable {
  public ExampleRows {
    architectures = List.copyOf(architectures);
  }

  /**
   * Rows that some examples fit into.
   *
   * @param examples at least one
   * @throws IllegalArgumentException if they have not all as many targets
   */
  public static ExampleRows fitting(List<Architecture> architectures, List<Example> examples) {
    ExampleRows rows = new ExampleRows(architectures, 0, examples.get(0).targets().length);
    for (Example example : examples) {
      int width = 1 + example.input().numbers().length;
      rows = rows.and(new ExampleRows(architectures, width, example.targets().length));
    }
    return rows;
  }

  /**
   * Rows that the examples of both fit into.
   *
   * @throws IllegalArgumentException if one has more targets
   */
  ExampleRows and(ExampleRows other) {
    if (targets != other.targets) {
      throw Fault.of("training.trainer = dl4j")
          .expected("examples with one number of targets")
          .found("%d and %d", targets, other.targets)
          .fix("members of one architecture, or training.trainer = averaging")
          .exception();
    }
    return new ExampleRows(architectures, Math.max(width, other.width), targets);
  }

  /** Examples for DL4J: rows [examples, width], targets [examples, targets]. */
  public DataSet dataSet(List<Example> examples) {
    float[][] rows = new float[examples.size()][];
    float[][] labels = new float[examples.size()][targets];
    for (int i = 0; i < rows.length; i++) {
      Example example = examples.get(i);
      float[] numbers = example.input().numbers();
      rows[i] = new float[width];
      rows[i][0] = architectures.indexOf(example.architecture());
      System.arraycopy(numbers, 0, rows[i], 1, numbers.length);
      for (int t = 0; t < targets; t++) {
        labels[i][t] = (float) example.targets()[t];
      }
    }
    return new DataSet(Nd4j.createFromArray(rows), Nd4j.createFromArray(labels));
  }

  /**
   * The examples in rows.
   *
   * @param features [examples, width]
   * @param labels [examples, targets]; null where nobody asks for targets
   * @param targets of each example
   */
  static List<Example> read(
      List<Architecture> architectures, INDArray features, INDArray labels, int targets) {
    float[][] rows = features.toFloatMatrix();
    double[][] measured = labels == null ? null : labels.toDoubleMatrix();
    List<Example> examples = new ArrayList<>(rows.length);
    for (int i = 0; i < rows.length; i++) {
      examples.add(
          new Example(
              "row " + i,
              architectures.get((int) rows[i][0]),
              ExampleParts.in(rows[i], 1),
              measured == null ? new double[targets] : measured[i]));
    }
    return examples;
  }

  /** Decides what is drawn at random in a step on these rows: other rows, other draws. */
  static long draw(long seed, int iteration, INDArray features) {
    float[] first = features.getRow(0).toFloatVector();
    return 31 * (31 * seed + iteration) + Arrays.hashCode(first);
  }
}
