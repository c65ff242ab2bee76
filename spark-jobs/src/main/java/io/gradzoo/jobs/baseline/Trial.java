package io.gradzoo.jobs.baseline;

import io.gradzoo.jobs.prediction.Prediction;
import java.io.Serializable;
import java.util.List;

/** One setting of a baseline. */
interface Trial extends Serializable {

  /**
   * Fits it to the training split.
   *
   * @throws ArithmeticException if its numbers cease to be finite
   */
  Fitted fit(BaselineExamples examples);

  /**
   * What was fitted.
   *
   * @param validation predictions of the validation split
   * @param test predictions of the test split
   * @param parameters learned numbers
   */
  record Fitted(List<Prediction> validation, List<Prediction> test, long parameters) {}
}
