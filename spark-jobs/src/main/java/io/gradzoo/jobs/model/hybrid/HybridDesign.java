package io.gradzoo.jobs.model.hybrid;

import static io.gradzoo.jobs.model.SymmetryPromise.respects;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.MetanetworkSpec;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetConfig.ThetaInput;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetHead;
import io.gradzoo.engine.metanet.hybrid.HybridSpec;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Phases;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnSpec;
import io.gradzoo.jobs.config.block.Section;
import io.gradzoo.jobs.family.Transformation;
import io.gradzoo.jobs.model.GradientInput;
import io.gradzoo.jobs.model.MetanetworkDesign;
import io.gradzoo.jobs.model.SymmetryPromise;
import io.gradzoo.jobs.model.TargetNetworks;
import io.gradzoo.jobs.model.gradmetanet.BaseEstimate;
import io.gradzoo.jobs.model.gradmetanet.FactorNetwork;
import io.gradzoo.jobs.model.scalegmn.ScaleGmnDesign;
import io.gradzoo.jobs.model.scalegmn.ScaleGmnKind;
import io.gradzoo.jobs.task.MetanetworkTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A ScaleGMN and a GradMetaNet of some kind, trained together (§7.3 of Gelberg et al. 2025).
 *
 * @param features numbers that come of the gradients for every weight and bias
 * @param gradients the GradMetaNet
 * @param graph the ScaleGMN
 */
record HybridDesign(int features, FactorNetwork gradients, ScaleGmnDesign graph)
    implements MetanetworkDesign {
  static final String BLOCK = "hybrid";

  static HybridDesign read(Section model, FactorNetwork gradients) {
    ScaleGmnDesign graph = ScaleGmnDesign.read(model.section(ScaleGmnKind.BLOCK));
    if (graph.phases() == Phases.CANONICAL && !graph.respectsRescalings()) {
      model.problem(
          ScaleGmnKind.BLOCK,
          Fault.here()
              .expected(
                  "another symmetry than permutation with phases = canonical: gradients change with"
                      + " the phases"));
    }
    Section section = model.section(BLOCK);
    HybridDesign design = new HybridDesign(section.count("features", 1, 4096), gradients, graph);
    section.finish();
    return design;
  }

  /** Features that rescalings leave alone, where the graph is to respect them. */
  @Override
  public Optional<GradientInput> gradients(int samples) {
    return Optional.of(
        graph.respectsRescalings()
            ? new InvariantsAndWeights(samples)
            : new PairsAndWeights(samples));
  }

  @Override
  public MetanetworkSpec spec(TargetNetworks targets) {
    GradMetaNetHead ofEveryParameter = new GradMetaNetHead.Product(features, ThetaInput.NONE);
    ScaleGmnSpec network = graph.spec(targets);
    return new HybridSpec(
        gradients.sizes().with(targets.samples(), ofEveryParameter),
        network.config(),
        network.graph());
  }

  @Override
  public List<SymmetryPromise> symmetries(TargetNetworks targets) {
    List<SymmetryPromise> promises = new ArrayList<>(graph.symmetries(targets));
    promises.add(1, respects(Transformation.SET_ORDER));
    return promises;
  }

  @Override
  public boolean reweightsEstimate() {
    return gradients.estimate() == BaseEstimate.REWEIGHTED;
  }

  @Override
  public void requireOutput(String model, MetanetworkTask task) {
    graph.requireOutput(model, task);
  }
}
