package io.gradzoo.jobs.sql;

import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.api.java.UDF7;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Functions for SQL and data frames, by the names that start with {@code gradzoo_}. Each returns
 * null if an argument that it needs is null, and stops the query with one clear line if an argument
 * is not what its column should hold.
 *
 * <ul>
 *   <li>{@code gradzoo_weights(architecture, parameters, layer)}: the weight matrix of a layer
 *       [out][in · kernel · kernel].
 *   <li>{@code gradzoo_biases(architecture, parameters, layer)}: its biases [out].
 *   <li>{@code gradzoo_gradient_norms(architecture, layer, kind, a, g, dw, db)}: the length of
 *       every sample's gradient in a layer, of a row of {@code layer_factors} [samples].
 *   <li>{@code gradzoo_mean_gradient(…)}, of the same columns: the mean gradient, of the weights
 *       and then of the biases [out · in · kernel · kernel + out].
 *   <li>{@code gradzoo_fisher_diagonal(…)}, of the same columns: the mean squared gradient, which
 *       is the diagonal of the empirical Fisher matrix, in the same order.
 *   <li>{@code gradzoo_permute(architecture, parameters, orders)}: the parameters with the neurons
 *       of each hidden layer in another order; the new one at i is the old one at orders[layer][i].
 *   <li>{@code gradzoo_rescale(architecture, parameters, factors)}: the parameters with each hidden
 *       neuron multiplied by a number of its own, which leaves the function alone: positive for
 *       ReLU, ±1 for odd activations.
 *   <li>{@code gradzoo_distance(architecture, parameters, parameters)}: how far two networks are
 *       from each other {@linkplain io.gradzoo.engine.symmetry.SymmetryDistance up to symmetry}.
 * </ul>
 *
 * <p>Layers are counted from 0, as in {@code layer_factors}. Of a set that is stored in several
 * rows of a layer, means are those of each row's samples.
 */
public final class SqlFunctions {
  private static final ArrayType FLOATS = DataTypes.createArrayType(DataTypes.FloatType);
  private static final ArrayType DOUBLES = DataTypes.createArrayType(DataTypes.DoubleType);
  private static final ArrayType MATRIX = DataTypes.createArrayType(FLOATS);

  /** The names. */
  public static final List<String> NAMES =
      List.of(
          "gradzoo_weights",
          "gradzoo_biases",
          "gradzoo_gradient_norms",
          "gradzoo_mean_gradient",
          "gradzoo_fisher_diagonal",
          "gradzoo_permute",
          "gradzoo_rescale",
          "gradzoo_distance");

  private SqlFunctions() {}

  /** Makes them known to a session. */
  public static void register(SparkSession session) {
    onNetworks(session, "gradzoo_weights", NetworkFunctions::weights, MATRIX);
    onNetworks(session, "gradzoo_biases", NetworkFunctions::biases, FLOATS);
    onNetworks(session, "gradzoo_permute", NetworkFunctions::permute, FLOATS);
    onNetworks(session, "gradzoo_rescale", NetworkFunctions::rescale, FLOATS);
    onNetworks(session, "gradzoo_distance", NetworkFunctions::distance, DataTypes.DoubleType);
    onFactors(session, "gradzoo_gradient_norms", GradientFunctions::norms, DOUBLES);
    onFactors(session, "gradzoo_mean_gradient", GradientFunctions::mean, FLOATS);
    onFactors(session, "gradzoo_fisher_diagonal", GradientFunctions::fisherDiagonal, FLOATS);
  }

  private static void onNetworks(
      SparkSession session,
      String name,
      UDF3<Object, Object, Object, Object> function,
      DataType type) {
    session.udf().register(name, function, type);
  }

  private static void onFactors(
      SparkSession session, String name, GradientFunction<?> function, DataType type) {
    UDF7<Object, Object, Object, Object, Object, Object, Object, Object> udf =
        (architecture, layer, kind, a, g, dw, db) ->
            GradientFunctions.of(name, architecture, layer, kind, a, g, dw, db)
                .<Object>map(function::apply)
                .orElse(null);
    session.udf().register(name, udf, type);
  }
}
