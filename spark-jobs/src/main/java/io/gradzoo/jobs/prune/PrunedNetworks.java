package io.gradzoo.jobs.prune;

import io.gradzoo.engine.training.Example;
import io.gradzoo.jobs.editing.EditScore.Spread;
import io.gradzoo.jobs.editing.PruningComparison;
import io.gradzoo.jobs.editing.PruningScore;
import io.gradzoo.jobs.prune.PrunedNetwork.PruningSetting;
import io.gradzoo.jobs.table.PrunedTable.PruningOutlook;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/** Prunes networks in every way, each with the learning rate that does best on others. */
record PrunedNetworks(JavaSparkContext spark, NetworkPruning work) {

  /**
   * Prunes.
   *
   * @param choosing members that choose the learning rate of each method and sparsity, by their
   *     mean loss after fine-tuning
   * @param members to prune
   */
  List<PrunedNetwork> all(List<Example> choosing, List<Example> members) {
    Map<PruningSetting, List<Double>> every = new HashMap<>();
    methods()
        .forEach(
            method ->
                NetworkPruning.settings(method)
                    .forEach(setting -> every.put(setting, NetworkPruning.RATES)));
    Map<PruningSetting, List<Double>> best = new HashMap<>();
    run(choosing, every).stream()
        .collect(Collectors.groupingBy(PrunedNetwork::setting))
        .forEach((setting, tried) -> best.put(setting, List.of(bestRate(tried))));
    return run(members, best);
  }

  private List<PruningMethod> methods() {
    return Arrays.stream(PruningMethod.values())
        .filter(method -> !method.needsPredictor() || work.predictor() != null)
        .toList();
  }

  private static double bestRate(List<PrunedNetwork> tried) {
    return NetworkPruning.RATES.stream()
        .min(
            Comparator.comparingDouble(
                rate ->
                    tried.stream()
                        .filter(each -> each.rate() == rate)
                        .mapToDouble(each -> each.after().loss())
                        .average()
                        .orElseThrow()))
        .orElseThrow();
  }

  private List<PrunedNetwork> run(List<Example> members, Map<PruningSetting, List<Double>> rates) {
    List<Tuple2<Example, PruningMethod>> all = new ArrayList<>();
    for (PruningMethod method : methods()) {
      members.forEach(member -> all.add(new Tuple2<>(member, method)));
    }
    NetworkPruning pruning = work;
    return spark
        .parallelize(all, all.size())
        .flatMap(each -> pruning.prune(each._1, each._2, rates).iterator())
        .collect();
  }

  /** What pruned networks come to, by method and sparsity. */
  static PruningComparison compared(
      List<PrunedNetwork> networks, String model, String predictor, String zoo) {
    Map<PruningSetting, List<PrunedNetwork>> bySetting =
        networks.stream()
            .collect(
                Collectors.groupingBy(
                    PrunedNetwork::setting, LinkedHashMap::new, Collectors.toList()));
    return new PruningComparison(
        model,
        predictor,
        zoo,
        NetworkPruning.EPOCHS,
        NetworkPruning.RATES.size(),
        bySetting.values().stream().map(PrunedNetworks::score).toList());
  }

  private static PruningScore score(List<PrunedNetwork> networks) {
    PrunedNetwork first = networks.get(0);
    boolean predicted = first.outlook().predicted() != null;
    return new PruningScore(
        first.method().title(),
        first.sparsity(),
        networks.size(),
        spread(networks, each -> each.after().accuracy()),
        spread(networks, each -> each.after().loss()),
        predicted ? spread(networks, each -> each.outlook().predicted()) : null,
        spread(networks, each -> each.pruned().accuracy()),
        predicted ? spread(networks, each -> each.outlookPruned().predicted()) : null,
        outside(networks, PrunedNetwork::outlook),
        outside(networks, PrunedNetwork::outlookPruned),
        first.rate(),
        networks.stream().mapToDouble(PrunedNetwork::seconds).average().orElseThrow());
  }

  private static double outside(
      List<PrunedNetwork> networks, Function<PrunedNetwork, PruningOutlook> which) {
    return (double) networks.stream().filter(each -> which.apply(each).outside()).count()
        / networks.size();
  }

  private static Spread spread(List<PrunedNetwork> networks, ToDoubleFunction<PrunedNetwork> of) {
    return Spread.of(networks.stream().mapToDouble(of).toArray());
  }
}
