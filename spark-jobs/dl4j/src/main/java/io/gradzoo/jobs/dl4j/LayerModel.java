package io.gradzoo.jobs.dl4j;

import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.transformer.Architectures;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.training.TargetStatistics;
import io.gradzoo.jobs.config.ConfigLayers;
import io.gradzoo.jobs.config.ConfigUse;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.inference.Predictor;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a layer's texts describe, built. The last one of a JVM is kept: DL4J makes a network for
 * every task of every round.
 *
 * @param predictor metanetwork, loss and what outputs predict
 * @param architectures that rows name by number
 * @param layout of the parameters
 * @param seed of initial parameters and of what is drawn at random
 */
record LayerModel(
    Predictor predictor, List<Architecture> architectures, ParameterLayout layout, long seed) {
  private static Kept kept;

  private record Kept(MetanetworkLayer layer, LayerModel model) {}

  /** The model of a layer. */
  static synchronized LayerModel of(MetanetworkLayer layer) {
    if (kept == null || !kept.layer.describesSameModel(layer)) {
      kept = new Kept(layer, build(layer));
    }
    return kept.model;
  }

  private static LayerModel build(MetanetworkLayer layer) {
    GradzooConfig config =
        ConfigLayers.stored("DL4J layer", layer.config().getBytes(StandardCharsets.UTF_8))
            .load(ConfigUse.model(layer.model()), ConfigLayers.BUILT_IN);
    ModelConfig model = config.requireModel(layer.model());
    List<Architecture> architectures =
        layer.architectures().stream().map(Architectures::parse).toList();
    TargetStatistics targets =
        layer.targetMean() == null
            ? null
            : new TargetStatistics(layer.targetMean(), layer.targetDeviation());
    Predictor predictor =
        Predictor.of(model.task(), model.outputUnit(), model.spec(architectures), targets)
            .on(config.device());
    return new LayerModel(
        predictor, architectures, predictor.metanetwork().build().layout(), config.seed());
  }
}
