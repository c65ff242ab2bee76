package io.gradzoo.jobs.training;

import io.gradzoo.datasets.split.Split;
import io.gradzoo.engine.training.TrainingSettings;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.example.MemberSplits;
import io.gradzoo.jobs.model.SymmetryPromise;
import io.gradzoo.jobs.prediction.RoundMetrics;
import io.gradzoo.jobs.run.TrainedModel;
import java.util.List;
import java.util.Locale;

/**
 * What a trained model is, for people, in Markdown: data, training, metrics, symmetries. Equal
 * trainings give equal bytes.
 */
final class ModelCard {
  private final TrainedModel trained;
  private final StringBuilder text = new StringBuilder();

  private ModelCard(TrainedModel trained) {
    this.trained = trained;
  }

  /**
   * Writes it.
   *
   * @param members that it was trained on
   * @param rounds metrics of all rounds
   * @param best round whose parameters are the model
   * @param symmetries how exactly it respects its symmetries, in lines of Markdown
   */
  static String of(
      TrainedModel trained,
      MemberSplits members,
      List<RoundMetrics> rounds,
      int best,
      List<String> symmetries) {
    ModelCard card = new ModelCard(trained);
    card.describe();
    card.data(members);
    card.training(rounds.get(rounds.size() - 1).round());
    card.metrics(rounds.stream().filter(round -> round.round() == best).findFirst().orElseThrow());
    card.symmetries(symmetries);
    return card.text.toString();
  }

  private void describe() {
    ModelConfig model = trained.model();
    line("# %s", model.name());
    line("");
    line(
        "A metanetwork of kind `%s`, %,d parameters, for the task `%s` on members of family `%s`.",
        model.kind().name(),
        trained.parameters().length,
        model.task().name(),
        model.members().name());
    line("");
  }

  private void data(MemberSplits members) {
    line("## Data");
    line("");
    line("Zoo `%s`, split by runs: no run has members in two splits.", zoo());
    line("");
    line("| split | members | SHA-256 of what tells them from others |");
    line("|---|---|---|");
    for (Split split : Split.values()) {
      MemberSplits.Part part = members.part(split);
      line("| %s | %d | %s |", split.name().toLowerCase(Locale.ROOT), part.count(), part.sha256());
    }
    line("");
  }

  /**
   * @param last round that was made
   */
  private void training(int last) {
    TrainingSettings training = trained.model().training();
    line("## Training");
    line("");
    line(
        "%d rounds of %d steps on each of %d shards, batches of %d; seed %d. Settings tried: %d.",
        last,
        training.stepsPerRound(),
        training.shards(),
        training.batchSize(),
        trained.config().seed(),
        trained.model().settingsTried());
    trained
        .startedFrom()
        .ifPresent(hash -> line("It started from the checkpoint of SHA-256 %s.", hash));
  }

  private void metrics(RoundMetrics best) {
    line(
        "The parameters are those after round %d, the best on the validation split.", best.round());
    line("");
    line("## Metrics");
    line("");
    line(
        "On the validation split, which chose the round; `gradzoo evaluate` judges on the test one.");
    line("");
    if (best.validation().accuracy() != null) {
      line("| cross-entropy | accuracy |");
      line("|---|---|");
      line("| %.6f | %.4f |", best.validationLoss(), best.validation().accuracy());
      line("");
      return;
    }
    line("| loss | Kendall τ | R² | mean absolute error |");
    line("|---|---|---|---|");
    line(
        "| %.6f | %.4f | %.4f | %.6f |",
        best.validationLoss(),
        best.validation().tau(),
        best.validation().r2(),
        best.validation().meanAbsoluteError());
    line("");
  }

  private void symmetries(List<String> measured) {
    line("## Symmetries");
    line("");
    List<SymmetryPromise> promises =
        trained.model().design().symmetries(trained.model().targets(trained.architectures()));
    for (SymmetryPromise promise : promises) {
      if (promise.expectation() == SymmetryPromise.Expectation.UNCHANGED) {
        String transformation = promise.transformation().name().toLowerCase(Locale.ROOT);
        line("- unchanged under %s", transformation.replace('_', ' '));
      }
    }
    line("");
    measured.forEach(line -> line("%s", line));
  }

  private String zoo() {
    return trained.config().zoo().name();
  }

  private void line(String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
