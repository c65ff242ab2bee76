package io.gradzoo.jobs.prediction;

import java.io.Serializable;

/**
 * The column of a table that holds what was measured of a member; the model's prediction stands in
 * {@code predicted_<name>}.
 *
 * @param form of a value
 */
public record PredictionColumn(String name, Form form) implements Serializable {
  /** The form of a row. */
  public enum Form {
    /** One number. */
    NUMBER,
    /** A list of numbers. */
    ARRAY,
    /** A class from 0 on; what is predicted has a probability of each class beside it. */
    CLASS
  }

  /** A column of one number. */
  public static PredictionColumn number(String name) {
    return new PredictionColumn(name, Form.NUMBER);
  }

  /** A column of classes. */
  public static PredictionColumn ofClass(String name) {
    return new PredictionColumn(name, Form.CLASS);
  }

  /** A column of many numbers. */
  public static PredictionColumn array(String name) {
    return new PredictionColumn(name, Form.ARRAY);
  }
}
