package io.gradzoo.jobs.finetune;

import io.gradzoo.engine.editing.EditSearch;
import io.gradzoo.engine.editing.EditSearch.FoundEdit;
import io.gradzoo.engine.editing.EditedNetwork;
import io.gradzoo.engine.editing.EditedParameters;
import io.gradzoo.engine.editing.ImageSupply;
import io.gradzoo.engine.editing.NetworkMeasures;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.pruning.PruningMask;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.Workspace;
import io.gradzoo.jobs.editing.Editing;
import io.gradzoo.jobs.inference.Predictor;
import io.gradzoo.jobs.inference.WorkspacePool;
import io.gradzoo.jobs.run.TrainedModel;
import io.gradzoo.jobs.task.MetanetworkTask;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A trained model that changes networks, as executors apply it.
 *
 * @param predictor whose predictions are the changed networks
 * @param parameters of the model
 * @param editing what it was trained to make better
 * @param images that networks are measured on, its judging ones, and by whose training ones a
 *     length is searched
 */
public record Operator(
    Predictor predictor, Broadcast<float[]> parameters, Editing editing, ImageSupply images)
    implements Serializable {

  /** A model, and images that its networks are measured on. */
  public static Operator of(JavaSparkContext spark, TrainedModel model, ImageSupply images) {
    MetanetworkTask task = model.model().task().showing(images);
    Predictor predictor =
        new Predictor(
            model.spec(),
            task.objective(model.statistics().targets(), model.model().outputUnit()),
            new EditedParameters());
    return new Operator(
        predictor, spark.broadcast(model.parameters()), task.edits().orElseThrow(), images);
  }

  /**
   * A network before and after.
   *
   * @param parameters after, flat
   * @param length how far it went toward what the model made of it, in [0, 1]
   */
  @SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
  public record Edit(
      Example member,
      float[] parameters,
      double length,
      NetworkMeasures before,
      NetworkMeasures after)
      implements Serializable {
    /** The changed network in the member's place. */
    Example changed() {
      return new Example(
          member.id(), member.architecture(), ExampleParts.ofWeights(parameters), member.targets());
    }

    /** Whether the changed network's numbers are all finite. */
    public boolean finite() {
      for (float parameter : parameters) {
        if (!Float.isFinite(parameter)) {
          return false;
        }
      }
      return Double.isFinite(after.objective());
    }
  }

  /** Changes networks and measures them, in their order. */
  public List<Edit> apply(List<Example> members) {
    return apply(members, EditRule.PLAIN, Map.of());
  }

  /**
   * Likewise, as far as a rule lets them go.
   *
   * @param masks of pruned networks by their ids: what is pruned stays 0
   */
  List<Edit> apply(List<Example> members, EditRule rule, Map<String, PruningMask> masks) {
    Map<Architecture, EditedNetwork> networks = new HashMap<>();
    List<FoundEdit> found = found(members, rule, masks, networks);
    List<Edit> edits = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      Example member = members.get(i);
      EditedNetwork network = network(networks, member);
      edits.add(
          new Edit(
              member,
              found.get(i).parameters(),
              found.get(i).length(),
              network.measure(member.input().weights(), images.judging()),
              network.measure(found.get(i).parameters(), images.judging())));
    }
    return edits;
  }

  private List<FoundEdit> found(
      List<Example> members,
      EditRule rule,
      Map<String, PruningMask> masks,
      Map<Architecture, EditedNetwork> networks) {
    float[][] edited = WorkspacePool.with(predictor, workspace -> edit(workspace, members));
    List<FoundEdit> found = new ArrayList<>();
    for (int i = 0; i < edited.length; i++) {
      Example member = members.get(i);
      if (masks.containsKey(member.id())) {
        masks.get(member.id()).apply(edited[i]);
      }
      found.add(
          rule.length() == EditRule.Length.WHOLE
              ? new FoundEdit(edited[i], 1)
              : new EditSearch(network(networks, member), images.training(), rule::value)
                  .between(member.input().weights(), edited[i]));
    }
    return found;
  }

  private EditedNetwork network(Map<Architecture, EditedNetwork> networks, Example member) {
    return networks.computeIfAbsent(
        member.architecture(),
        own -> new EditedNetwork(LayeredArchitecture.from(own), editing.l1()));
  }

  /** Changes networks and what becomes of them, so many times in all. */
  List<Edit> repeat(List<Example> members, int passes, EditRule rule) {
    List<Edit> edits = apply(members, rule, Map.of());
    for (int pass = 1; pass < passes; pass++) {
      edits = apply(edits.stream().map(Edit::changed).toList(), rule, Map.of());
    }
    return edits;
  }

  /** Seconds that a network takes, where networks of these architectures were changed before. */
  double seconds(List<Example> members, EditRule rule) {
    long start = System.nanoTime();
    found(members, rule, Map.of(), new HashMap<>());
    return (System.nanoTime() - start) * 1e-9 / members.size();
  }

  private float[][] edit(Workspace workspace, List<Example> members) {
    workspace.load(parameters.value());
    return workspace.predictAll(members);
  }
}
