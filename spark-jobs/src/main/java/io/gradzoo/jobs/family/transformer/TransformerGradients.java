package io.gradzoo.jobs.family.transformer;

import io.gradzoo.engine.gradient.ConvolutionForm;
import io.gradzoo.engine.gradient.Degeneracy;
import io.gradzoo.engine.gradient.LayerMoments;
import io.gradzoo.engine.gradient.Signal;
import io.gradzoo.engine.gradient.transformer.TokenGradients;
import io.gradzoo.engine.gradient.transformer.TransformerGradientExtraction;
import io.gradzoo.engine.gradient.transformer.TransformerGradientSet;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.transformer.ImageTokens;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import io.gradzoo.engine.network.transformer.TransformerLayer;
import io.gradzoo.engine.network.transformer.TransformerLayer.Embedding;
import io.gradzoo.jobs.family.Chunk;
import io.gradzoo.jobs.family.ConvolutionStorage;
import io.gradzoo.jobs.family.Extraction;
import io.gradzoo.jobs.family.FamilyGradients;
import io.gradzoo.jobs.family.LayerPart;
import io.gradzoo.jobs.family.LayerSize;
import io.gradzoo.jobs.family.MemberGradients;
import io.gradzoo.jobs.family.ProbeSamples;
import io.gradzoo.jobs.family.Transformation;
import io.gradzoo.jobs.family.WeightChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** Gradients and changes of transformers. */
public record TransformerGradients() implements FamilyGradients {
  @Override
  public boolean has(Architecture architecture) {
    return architecture instanceof TransformerArchitecture;
  }

  @Override
  public List<LayerSize> sizes(Architecture architecture, ConvolutionStorage convolutions) {
    TransformerArchitecture transformer = TransformerArchitecture.from(architecture);
    return transformer.layout().layers().stream()
        .map(layer -> size(layer, transformer.positions()))
        .toList();
  }

  /** Factors of every token; tokens of embeddings have an id in place of inputs. */
  private static LayerSize size(TransformerLayer layer, int tokens) {
    long inputs = layer instanceof Embedding ? 1 : layer.in().width();
    long bytes = (inputs + layer.out().width()) * tokens * Float.BYTES;
    return new LayerSize(bytes, bytes, LayerSize.StoredForm.FACTORS, layer.size());
  }

  @Override
  public Extraction extraction(Architecture architecture, ConvolutionForm form) {
    TransformerArchitecture transformer = TransformerArchitecture.from(architecture);
    TransformerGradientExtraction workspace = new TransformerGradientExtraction(transformer);
    return of -> {
      TransformerGradientSet set =
          take(workspace, transformer, of.parameters(), of.probe(), of.signal());
      List<LayerMoments> moments = set.moments();
      List<LayerPart> parts = new ArrayList<>();
      for (TokenGradients stage : set.layers()) {
        parts.add(new TokenPart(transformer, stage, moments.get(stage.layer().index())));
      }
      return new Chunk(set.values(), set.discrepancy(), parts);
    };
  }

  @Override
  public Optional<Degeneracy> degeneracy(Architecture architecture, List<LayerPart> parts) {
    return Optional.empty();
  }

  @Override
  public MemberGradients stored(
      Architecture architecture, Row set, List<Row> factors, int samples) {
    return new StoredTransformer(TransformerArchitecture.from(architecture), set, factors, samples);
  }

  @Override
  public MemberGradients taken(
      Architecture architecture, float[] weights, ProbeSamples probe, Signal signal) {
    return new TakenTransformer(TransformerArchitecture.from(architecture), weights, probe, signal);
  }

  @Override
  public Optional<WeightChange> change(Transformation transformation, Enum<?> activation) {
    return switch (transformation) {
      case PERMUTATION ->
          Optional.of(new WeightChange("neuron permutations", TransformerChanges::permuted));
      case TOKEN_IDS ->
          Optional.of(new WeightChange("other token ids", TransformerChanges::renamed));
      case SET_ORDER, RESCALING, PERMUTATION_AND_RESCALING, FOREIGN_RESCALING, PHASE_SHIFT ->
          Optional.empty();
    };
  }

  /** The gradient set on images, read as tokens. */
  static TransformerGradientSet take(
      TransformerGradientExtraction workspace,
      TransformerArchitecture architecture,
      float[] parameters,
      ProbeSamples probe,
      Signal signal) {
    ImageTokens reading = new ImageTokens(probe.imageShape(), architecture);
    return workspace.extract(
        parameters, 0, reading.sequences(probe.inputs(), probe.samples()), signal);
  }
}
