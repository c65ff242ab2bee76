package io.gradzoo.jobs.ml;

import org.apache.spark.ml.param.Param;

/**
 * What stages that predict classes know besides.
 *
 * @param <S> the stage, which setters return
 */
public interface ClassificationParams<S extends ClassificationParams<S>>
    extends PredictionParams<S> {

  /** Column of the labels that are learnt. */
  default Param<String> labelCol() {
    return text("labelCol", "column of labels, whole numbers from 0 to one below the classes");
  }

  /** Column that the probabilities of all classes are put into. */
  default Param<String> probabilityCol() {
    return text("probabilityCol", "column that a vector of the classes' probabilities is put into");
  }

  /** Column that the logarithms of these are put into. */
  default Param<String> rawPredictionCol() {
    return text(
        "rawPredictionCol", "column that a vector of the probabilities' logarithms is put into");
  }

  default String getLabelCol() {
    return getOrDefault(labelCol());
  }

  default S setLabelCol(String name) {
    return with(labelCol(), name);
  }

  default String getProbabilityCol() {
    return getOrDefault(probabilityCol());
  }

  default S setProbabilityCol(String name) {
    return with(probabilityCol(), name);
  }

  default String getRawPredictionCol() {
    return getOrDefault(rawPredictionCol());
  }

  default S setRawPredictionCol(String name) {
    return with(rawPredictionCol(), name);
  }

  /** The defaults of these params; called by constructors. */
  default void setClassificationDefaults() {
    setPredictionDefaults();
    setDefault(labelCol(), "label");
    setDefault(probabilityCol(), "probability");
    setDefault(rawPredictionCol(), "rawPrediction");
  }
}
