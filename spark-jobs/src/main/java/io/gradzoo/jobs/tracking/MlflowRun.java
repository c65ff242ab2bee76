package io.gradzoo.jobs.tracking;

import io.gradzoo.jobs.prediction.RoundMetrics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mlflow.api.proto.Service;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.creds.BasicMlflowHostCreds;

/**
 * A run of an MLflow tracking server, which a tag with the identity of the training tells from
 * others. Users, passwords and tokens are those of MLflow's own variables of the environment.
 */
final class MlflowRun implements Tracker {
  private static final String IDENTITY = "gradzoo_training";

  /** What the server takes at once: metrics, and parameters. */
  private static final int MOST_METRICS = 1000;

  private static final int MOST_PARAMETERS = 100;

  /** Of a parameter's value, in all versions of the server. */
  private static final int LONGEST_VALUE = 250;

  private final String server;
  private final String experiment;
  private final MlflowClient client;

  private Optional<String> id = Optional.empty();
  private final Set<Long> shown = new HashSet<>();
  private final Set<Service.Metric> evaluated = new HashSet<>();
  private Service.RunStatus status;

  MlflowRun(String server, String experiment, Map<String, String> environment) {
    this.server = server;
    this.experiment = experiment;
    this.client = new MlflowClient(credentials(server, environment));
  }

  private static BasicMlflowHostCreds credentials(String server, Map<String, String> environment) {
    return new BasicMlflowHostCreds(
        server,
        environment.get("MLFLOW_TRACKING_USERNAME"),
        environment.get("MLFLOW_TRACKING_PASSWORD"),
        environment.get("MLFLOW_TRACKING_TOKEN"),
        "true".equals(environment.get("MLFLOW_TRACKING_INSECURE_TLS")));
  }

  @Override
  public String place() {
    return "MLflow at " + server;
  }

  @Override
  public void show(TrackedRun run) {
    try {
      if (id.isEmpty()) {
        look(run);
      }
      addRounds(run.rounds());
      addEvaluation(run);
      end(Service.RunStatus.valueOf(run.state().name()));
    } catch (RuntimeException e) {
      id = Optional.empty(); // whether the server did what it was asked is not known
      throw e;
    }
  }

  /** Finds the run, or makes it, and what it has. */
  private void look(TrackedRun run) {
    String in =
        client
            .getExperimentByName(experiment)
            .map(Service.Experiment::getExperimentId)
            .orElseGet(() -> client.createExperiment(experiment));
    String filter = "tags.%s = '%s'".formatted(IDENTITY, run.identity());
    List<Service.Run> found =
        client.searchRuns(List.of(in), filter, Service.ViewType.ACTIVE_ONLY, 1).getItems();
    Service.Run standing = found.isEmpty() ? create(in, run) : found.get(0);
    String own = standing.getInfo().getRunId();
    status = standing.getInfo().getStatus();
    shown.clear();
    evaluated.clear();
    for (Service.Metric metric : standing.getData().getMetricsList()) {
      if (metric.getKey().equals(TrackedRun.TRAIN_LOSS)) {
        client.getMetricHistory(own, metric.getKey()).forEach(each -> shown.add(each.getStep()));
      }
      evaluated.add(metric.toBuilder().clearTimestamp().build());
    }
    addSettings(own, run, standing);
    id = Optional.of(own);
  }

  private Service.Run create(String in, TrackedRun run) {
    Service.RunInfo made =
        client.createRun(
            Service.CreateRun.newBuilder()
                .setExperimentId(in)
                .setRunName(run.name())
                .setStartTime(System.currentTimeMillis())
                .addTags(Service.RunTag.newBuilder().setKey(IDENTITY).setValue(run.identity()))
                .build());
    return Service.Run.newBuilder().setInfo(made).build();
  }

  private void addSettings(String own, TrackedRun run, Service.Run standing) {
    Set<String> there = new HashSet<>();
    standing.getData().getParamsList().forEach(param -> there.add(param.getKey()));
    List<Service.Param> params = new ArrayList<>();
    run.settings()
        .forEach(
            (key, value) -> {
              if (!there.contains(key)) {
                params.add(Service.Param.newBuilder().setKey(key).setValue(cut(value)).build());
              }
            });
    for (int i = 0; i < params.size(); i += MOST_PARAMETERS) {
      List<Service.Param> some = params.subList(i, Math.min(params.size(), i + MOST_PARAMETERS));
      client.logBatch(own, List.of(), some, List.of());
    }
  }

  private void addRounds(List<RoundMetrics> rounds) {
    List<Service.Metric> metrics = new ArrayList<>();
    List<Long> steps = new ArrayList<>();
    for (RoundMetrics round : rounds) {
      long step = round.round();
      if (!shown.contains(step)) {
        List<Service.Metric> more = metrics(TrackedRun.numbers(round), step);
        if (metrics.size() + more.size() > MOST_METRICS) {
          send(metrics, steps);
        }
        metrics.addAll(more);
        steps.add(step);
      }
    }
    send(metrics, steps);
  }

  private void send(List<Service.Metric> metrics, List<Long> steps) {
    if (!metrics.isEmpty()) {
      client.logBatch(id.orElseThrow(), metrics, List.of(), List.of());
      shown.addAll(steps);
      metrics.clear();
      steps.clear();
    }
  }

  /** An evaluation that gives what another gave is no news. */
  private void addEvaluation(TrackedRun run) {
    List<Service.Metric> news = new ArrayList<>();
    for (Service.Metric metric : metrics(run.evaluation(), run.lastRound())) {
      if (evaluated.add(metric.toBuilder().clearTimestamp().build())) {
        news.add(metric);
      }
    }
    if (!news.isEmpty()) {
      client.logBatch(id.orElseThrow(), news, List.of(), List.of());
    }
  }

  private void end(Service.RunStatus now) {
    if (status == now) {
      return;
    }
    if (now == Service.RunStatus.RUNNING) { // again: without the time at which it ended
      client.sendPost(
          "runs/update",
          "{\"run_id\": \"%s\", \"status\": \"RUNNING\"}".formatted(id.orElseThrow()));
    } else {
      client.setTerminated(id.orElseThrow(), now);
    }
    status = now;
  }

  private static List<Service.Metric> metrics(Map<String, Double> numbers, long step) {
    long now = System.currentTimeMillis();
    List<Service.Metric> metrics = new ArrayList<>();
    numbers.forEach(
        (name, value) ->
            metrics.add(
                Service.Metric.newBuilder()
                    .setKey(name)
                    .setValue(value)
                    .setTimestamp(now)
                    .setStep(step)
                    .build()));
    return metrics;
  }

  private static String cut(String value) {
    return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE - 1) + "…";
  }

  @Override
  public void close() {
    client.close();
  }
}
