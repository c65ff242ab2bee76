package io.gradzoo.jobs.run;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.example.MemberSplits;
import io.gradzoo.jobs.example.TaskExamples;
import java.util.List;

/**
 * The members that a run was trained on beside those that stand in a zoo now: what every command
 * compares before it says anything of the run that depends on its data.
 */
public final class TrainedOn {
  private final RunDirectory run;
  private final TrainedModel model;
  private final MemberSplits standing;
  private final List<String> tables;

  private TrainedOn(
      RunDirectory run, TrainedModel model, MemberSplits standing, List<String> tables) {
    this.run = run;
    this.model = model;
    this.standing = standing;
    this.tables = tables;
  }

  /**
   * Compares.
   *
   * @param run that the model was loaded from
   * @param task reads the members that stand in a zoo, in the splits of the run's config
   */
  public static TrainedOn of(RunDirectory run, TrainedModel model, TaskExamples task) {
    return new TrainedOn(run, model, task.members(), task.tableVersions());
  }

  /** The members that stand in the zoo. */
  public MemberSplits standing() {
    return standing;
  }

  /** Whether they are those of the run, in the same splits. */
  public boolean same() {
    return model.members().filter(standing::equals).isPresent();
  }

  /**
   * What the run was trained on.
   *
   * @param command such as {@code evaluate m}
   * @throws GradzooException exit code 3 if the run does not record it
   */
  public MemberSplits known(String command) {
    return model
        .members()
        .orElseThrow(
            () ->
                GradzooException.data(
                    Fault.of(command)
                        .at(run)
                        .expected("a run that says which members it was trained on")
                        .found("one that an older version or another program wrote")
                        .fix("train again")));
  }

  /**
   * Refuses other members.
   *
   * @param command such as {@code evaluate m}
   * @param otherwise an option for those who mean these members
   * @throws GradzooException exit code 3 saying what differs
   */
  public void require(String command, String otherwise) {
    MemberSplits own = known(command);
    if (!same()) {
      throw GradzooException.data(
          Fault.of(command)
              .expected(
                  "what the run was trained on: %s%s",
                  own.words(standing), version(run.tableVersions(), tables))
              .found(standing.words(own) + version(tables, run.tableVersions()))
              .fix("train again, or " + otherwise));
    }
  }

  /** The version of the first table that others are not of. */
  private static String version(List<String> of, List<String> others) {
    return of.stream()
        .filter(line -> !others.contains(line))
        .findFirst()
        .map(line -> " of " + line)
        .orElse("");
  }
}
