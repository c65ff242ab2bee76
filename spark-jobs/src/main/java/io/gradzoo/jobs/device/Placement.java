package io.gradzoo.jobs.device;

import io.gradzoo.engine.fault.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.util.CollectionAccumulator;

/**
 * Where tasks go that run on devices, of trainings and of gradient sets: on a cluster whose
 * executors have GPUs, each asks for one, and no other stage does. And what they found there, which
 * is told once for each executor.
 */
public final class Placement {
  private static final int MOST_NAMED = 3;

  private final Optional<ResourceProfile> profile;
  private final Optional<CollectionAccumulator<DeviceUse>> uses;
  private final String what;
  private final Consumer<String> notes;
  private final Set<DeviceUse> told = new TreeSet<>(DeviceUse.ORDER);

  private Placement(
      Optional<ResourceProfile> profile,
      Optional<CollectionAccumulator<DeviceUse>> uses,
      String what,
      Consumer<String> notes) {
    this.profile = profile;
    this.uses = uses;
    this.what = what;
    this.notes = notes;
  }

  /** Where there is a core. */
  public static Placement anywhere() {
    return new Placement(Optional.empty(), Optional.empty(), "", note -> {});
  }

  /**
   * Of a training, or of what else runs on devices.
   *
   * @param what it is, for notes
   * @param notes take a line of what the user should know
   */
  public static Placement of(
      String what, SparkContext spark, DeviceSettings device, Consumer<String> notes) {
    if (device.choice() == DeviceChoice.CPU || spark.isLocal()) {
      return anywhere();
    }
    CollectionAccumulator<DeviceUse> uses = new CollectionAccumulator<>();
    spark.register(uses);
    return new Placement(profile(what, spark, notes), Optional.of(uses), what, notes);
  }

  private static Optional<ResourceProfile> profile(
      String what, SparkContext spark, Consumer<String> notes) {
    SparkConf conf = spark.conf();
    if (!conf.contains(TaskGpu.EXECUTOR_AMOUNT)) {
      return Optional.empty();
    }
    if (conf.contains(TaskGpu.TASK_AMOUNT)) {
      notes.accept(
          Fault.of(what)
              .expected(
                  "%s unset, since what runs on GPUs asks for them by itself", TaskGpu.TASK_AMOUNT)
              .found(
                  "%s: no stage has more tasks than there are GPUs", conf.get(TaskGpu.TASK_AMOUNT))
              .fix("leave it out")
              .line());
      return Optional.empty();
    }
    ResourceProfile profile =
        new ResourceProfileBuilder()
            .require(
                new TaskResourceRequests()
                    .cpus(conf.getInt("spark.task.cpus", 1))
                    .resource(TaskGpu.GPU, 1))
            .build();
    try {
      spark.resourceProfileManager().isSupported(profile);
      return Optional.of(profile);
    } catch (Exception e) { // SparkException, which Scala does not declare
      notes.accept(
          Fault.of(what)
              .expected("a cluster that gives a stage resources of its own")
              .found("%s; as many tasks meet at a GPU as its executor has cores", e.getMessage())
              .line());
      return Optional.empty();
    }
  }

  /** The same rows, in tasks that have what they need. */
  public <T> JavaRDD<T> place(JavaRDD<T> rows) {
    return profile.map(rows::withResources).orElse(rows);
  }

  /** The same rows of a data frame. */
  public Dataset<Row> place(Dataset<Row> rows) {
    return profile.isEmpty()
        ? rows
        : rows.sparkSession()
            .createDataset(place(rows.toJavaRDD()).rdd(), Encoders.row(rows.schema()));
  }

  /** Takes what tasks run on; a value that travels to them. */
  public Optional<CollectionAccumulator<DeviceUse>> uses() {
    return uses;
  }

  /** What the calling task runs on. */
  public static DeviceUse use(OpenDevice device) {
    SparkEnv here = SparkEnv.get();
    String executor = here.executorId() + " on " + here.blockManager().blockManagerId().host();
    return new DeviceUse(executor, device.name(), device.reason());
  }

  /** Tells what tasks said since it was called last. */
  public void tell() {
    if (uses.isEmpty()) {
      return;
    }
    Set<DeviceUse> news = new TreeSet<>(DeviceUse.ORDER);
    news.addAll(uses.get().value());
    uses.get().reset();
    news.removeAll(told);
    told.addAll(news);
    lines(news).forEach(line -> notes.accept(what + ": " + line));
  }

  /** A line for the GPUs, and one for each reason why executors do without. */
  static List<String> lines(Set<DeviceUse> uses) {
    Map<String, List<String>> byReason = new TreeMap<>();
    for (DeviceUse use : uses) {
      String who =
          use.reason().isEmpty()
              ? use.device() + " of executor " + use.executor()
              : "executor " + use.executor();
      byReason.computeIfAbsent(use.reason(), reason -> new ArrayList<>()).add(who);
    }
    List<String> lines = new ArrayList<>();
    byReason.forEach(
        (reason, all) ->
            lines.add(
                reason.isEmpty()
                    ? "on " + named(all)
                    : "on the CPU of " + named(all) + ": " + reason));
    return lines;
  }

  private static String named(List<String> all) {
    int shown = Math.min(MOST_NAMED, all.size());
    String names = String.join(", ", all.subList(0, shown));
    return shown == all.size() ? names : names + " and " + (all.size() - shown) + " more";
  }
}
