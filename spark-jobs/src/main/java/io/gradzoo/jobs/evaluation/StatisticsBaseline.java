package io.gradzoo.jobs.evaluation;

import io.gradzoo.engine.metanet.baseline.WeightStatistics;
import io.gradzoo.engine.network.transformer.Architectures;
import io.gradzoo.engine.training.Example;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.regression.GBTRegressionModel;
import org.apache.spark.ml.regression.GBTRegressor;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * StatNN (Unterthiner et al. 2020): gradient boosting on the statistics of each layer's weights and
 * biases.
 */
final class StatisticsBaseline {
  private static final String FEATURES = "features";
  private static final String LABEL = "label";
  private static final StructType COLUMNS =
      new StructType().add(FEATURES, SQLDataTypes.VectorType()).add(LABEL, DataTypes.DoubleType);
  private static final int TREES = 40;
  private static final int DEPTH = 4;

  private final GBTRegressionModel model;

  private StatisticsBaseline(GBTRegressionModel model) {
    this.model = model;
  }

  /**
   * Fits the baseline; equal examples in equal order give an equal model.
   *
   * @param examples flat weights
   */
  static StatisticsBaseline fit(SparkSession session, List<Example> examples, long seed) {
    List<Row> rows = new ArrayList<>();
    for (Example example : examples) {
      rows.add(RowFactory.create(Vectors.dense(features(example)), (double) example.target()));
    }
    Dataset<Row> data = session.createDataFrame(rows, COLUMNS).coalesce(1).cache();
    try {
      GBTRegressor regressor =
          new GBTRegressor()
              .setFeaturesCol(FEATURES)
              .setLabelCol(LABEL)
              .setMaxIter(TREES)
              .setMaxDepth(DEPTH)
              .setStepSize(0.1)
              .setSeed(seed);
      return new StatisticsBaseline(regressor.fit(data));
    } finally {
      data.unpersist();
    }
  }

  double predict(Example example) {
    return model.predict(Vectors.dense(features(example)));
  }

  /** Numbers in the trees: a threshold or a value each. */
  long parameters() {
    return model.totalNumNodes();
  }

  private static double[] features(Example example) {
    return WeightStatistics.of(Architectures.parse(example.architecture()), example.input());
  }
}
