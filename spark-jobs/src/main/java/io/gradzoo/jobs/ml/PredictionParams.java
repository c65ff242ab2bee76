package io.gradzoo.jobs.ml;

import org.apache.spark.ml.param.Param;

/**
 * What stages that predict know besides.
 *
 * @param <S> the stage, which setters return
 */
public interface PredictionParams<S extends PredictionParams<S>> extends StageParams<S> {

  /** Column that predictions are put into. */
  default Param<String> predictionCol() {
    return text(
        "predictionCol",
        "column that predictions are put into; null for members of which the model can read nothing");
  }

  default String getPredictionCol() {
    return getOrDefault(predictionCol());
  }

  default S setPredictionCol(String name) {
    return with(predictionCol(), name);
  }

  /** The defaults of these params; called by constructors. */
  default void setPredictionDefaults() {
    setStageDefaults();
    setDefault(predictionCol(), "prediction");
  }
}
