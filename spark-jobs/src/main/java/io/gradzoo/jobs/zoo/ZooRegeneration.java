package io.gradzoo.jobs.zoo;

import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.code.OtherCodePolicy;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.StoredTable;
import io.gradzoo.jobs.table.TableId;
import io.gradzoo.jobs.table.TableStores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Job: makes the zoo of the config, unless it stands there already, made from the same settings,
 * code and images and not too long ago. Two at once, and one of them leaves it to the other.
 */
public final class ZooRegeneration implements Job<RegeneratedZoo> {
  private final OtherCodePolicy rule;
  private final Optional<Duration> age;

  /**
   * @param rule what becomes of a zoo that other code made
   * @param age a zoo that is older is made again, whatever it was made from
   */
  public ZooRegeneration(OtherCodePolicy rule, Optional<Duration> age) {
    this.rule = rule;
    this.age = age;
  }

  /**
   * Compares, and makes the zoo if it has to be made.
   *
   * @throws GradzooException as {@link ZooGeneration#run}, but for another command that is at work
   *     on the zoo or has published it meanwhile
   */
  @Override
  public RegeneratedZoo run(JobContext context) {
    String zoo = context.config().zoo().name();
    List<String> reasons = reasons(context);
    if (reasons.isEmpty()) {
      String version = context.tables().version(MembersTable.SCHEMA.in(zoo));
      return RegeneratedZoo.upToDate(zoo, version);
    }
    reasons.forEach(reason -> context.progress().note("zoo regenerate: " + reason));
    try {
      Zoo made = new ZooGeneration(rule, reasons).run(context);
      String version = context.tables().version(MembersTable.SCHEMA.in(zoo));
      return RegeneratedZoo.made(made, version, reasons);
    } catch (GradzooException e) {
      if (TableStores.lostToAnother(e)) {
        return RegeneratedZoo.leftToAnother(zoo, e.faults().get(0).found());
      }
      throw e;
    }
  }

  /** Why the zoo has to be made; empty if it has not. */
  private List<String> reasons(JobContext context) {
    TableId members = MembersTable.SCHEMA.in(context.config().zoo().name());
    if (!context.tables().exists(members)) {
      return List.of("there is no zoo yet");
    }
    StoredTable standing = context.tables().describe(members);
    List<String> reasons =
        new ArrayList<>(Provenance.of(standing.properties()).changes(wanted(context.config())));
    Duration old = Duration.between(standing.made(), Instant.now());
    age.filter(most -> old.compareTo(most) >= 0)
        .ifPresent(
            most -> reasons.add("age: made at %s, %s ago".formatted(standing.made(), words(old))));
    return reasons;
  }

  private static Provenance wanted(GradzooConfig config) {
    Optional<String> images =
        config.zoo().readsImages()
            ? Optional.of(ZooImages.contentHash(config.zoo()))
            : Optional.empty();
    return new Provenance(
        config.effective().zooHash(),
        ZooSettings.parse(config.effective().zooSettings()),
        ZooGeneration.codeVersion(),
        images);
  }

  private static String words(Duration age) {
    if (age.toDays() > 1) {
      return age.toDays() + " days";
    }
    return age.toHours() > 1 ? age.toHours() + " hours" : age.toMinutes() + " minutes";
  }
}
