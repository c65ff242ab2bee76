package io.gradzoo.jobs.task.finetuning;

import io.gradzoo.engine.editing.EditObjective;
import io.gradzoo.engine.editing.ImageSupply;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.training.Objective;
import io.gradzoo.engine.training.OutputDecoder;
import io.gradzoo.engine.training.TargetStatistics;
import io.gradzoo.jobs.config.block.Artefact;
import io.gradzoo.jobs.config.block.Effects;
import io.gradzoo.jobs.config.block.Section;
import io.gradzoo.jobs.editing.Editing;
import io.gradzoo.jobs.prediction.PredictionColumn;
import io.gradzoo.jobs.prediction.Validation;
import io.gradzoo.jobs.task.MeasuredMember;
import io.gradzoo.jobs.task.MetanetworkTask;
import io.gradzoo.jobs.task.OutputShape;
import io.gradzoo.jobs.task.OutputUnit;
import java.util.List;
import java.util.Optional;

/**
 * Changes the weights of a member in one pass, such that it does better on images (amortised
 * fine-tuning, Kuipers et al. 2025): with a penalty on their sum, such that it is sparse too. What
 * is predicted of a member is the test loss that it will have.
 *
 * @param editing what is to become better
 * @param images that networks are shown; null until they are known
 */
public record FineTuningTask(Editing editing, ImageSupply images) implements MetanetworkTask {
  private static final String BLOCK = "fine_tuning";
  private static final String COLUMN = "test_loss";

  /** As a config names it, before a model says more. */
  public FineTuningTask() {
    this(new Editing(1, 0), null);
  }

  @Override
  public String name() {
    return BLOCK;
  }

  @Override
  public Optional<String> block() {
    return Optional.of(BLOCK);
  }

  @Override
  public MetanetworkTask read(Section model) {
    Section section = model.section(BLOCK, Effects.on(Artefact.MODELS));
    Section comparison = section.affecting(Effects.NONE);
    Editing read =
        new Editing(
            section.count("images-per-step", 1, 1_000_000),
            section.number("l1", 0, 1000),
            comparison.count("compared-members", 0, 1_000_000),
            comparison.increasingCounts("compared-epochs", 1, 100_000));
    section.finish();
    return new FineTuningTask(read, null);
  }

  @Override
  public boolean usesImages() {
    return true;
  }

  @Override
  public MetanetworkTask showing(ImageSupply shown) {
    return new FineTuningTask(editing, shown);
  }

  @Override
  public Optional<Editing> edits() {
    return Optional.of(editing);
  }

  @Override
  public String title() {
    return "test loss after one pass";
  }

  @Override
  public String subject() {
    return "better weights";
  }

  @Override
  public String unit() {
    return "nats";
  }

  @Override
  public PredictionColumn column() {
    return PredictionColumn.number(COLUMN);
  }

  @Override
  public OutputShape output() {
    return OutputShape.PARAMETER_CHANGES;
  }

  @Override
  public List<String> memberColumns() {
    return List.of(COLUMN);
  }

  @Override
  public double[] targets(MeasuredMember member) {
    Double loss = member.number(COLUMN);
    if (loss == null || !Double.isFinite(loss)) {
      throw Fault.here().expected("a finite test loss").found(loss).exception();
    }
    return new double[] {loss};
  }

  @Override
  public Objective objective(TargetStatistics targets, OutputUnit unit) {
    return edit();
  }

  @Override
  public OutputDecoder decoder(TargetStatistics targets, OutputUnit unit) {
    return edit();
  }

  /** The loss of edited networks on the images that are held back in training. */
  @Override
  public double score(Validation validation) {
    return -validation.loss();
  }

  private EditObjective edit() {
    return new EditObjective(images, editing.imagesPerStep(), editing.l1());
  }
}
