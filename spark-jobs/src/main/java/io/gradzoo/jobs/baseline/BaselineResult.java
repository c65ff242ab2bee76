package io.gradzoo.jobs.baseline;

import io.gradzoo.jobs.prediction.Prediction;
import java.util.List;

/**
 * A baseline with its best setting.
 *
 * @param name in tables
 * @param test its predictions of the test split, in the order of the members' ids; NaN if no
 *     setting led to finite numbers
 * @param settings how many it tried
 * @param parameters learned numbers
 * @param seconds that all of them took to fit, on one core
 */
public record BaselineResult(
    String name, List<Prediction> test, int settings, long parameters, double seconds) {}
