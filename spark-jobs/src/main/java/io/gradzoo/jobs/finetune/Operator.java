package io.gradzoo.jobs.finetune;

import io.gradzoo.engine.editing.EditedNetwork;
import io.gradzoo.engine.editing.EditedParameters;
import io.gradzoo.engine.editing.ImageSupply;
import io.gradzoo.engine.editing.NetworkMeasures;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Samples;
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
 * @param images that networks are measured on, its judging ones
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
   */
  @SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
  public record Edit(
      Example member, float[] parameters, NetworkMeasures before, NetworkMeasures after)
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
    float[][] edited = WorkspacePool.with(predictor, workspace -> edit(workspace, members));
    Map<Architecture, EditedNetwork> networks = new HashMap<>();
    Samples shown = images.judging();
    List<Edit> edits = new ArrayList<>();
    for (int i = 0; i < edited.length; i++) {
      Example member = members.get(i);
      EditedNetwork network =
          networks.computeIfAbsent(
              member.architecture(),
              own -> new EditedNetwork(LayeredArchitecture.from(own), editing.l1()));
      edits.add(
          new Edit(
              member,
              edited[i],
              network.measure(member.input().weights(), shown),
              network.measure(edited[i], shown)));
    }
    return edits;
  }

  /** Changes networks and what becomes of them, so many times in all. */
  List<Edit> repeat(List<Example> members, int passes) {
    List<Edit> edits = apply(members);
    for (int pass = 1; pass < passes; pass++) {
      edits = apply(edits.stream().map(Edit::changed).toList());
    }
    return edits;
  }

  /** Seconds that a network takes, where networks of these architectures were changed before. */
  double seconds(List<Example> members) {
    long start = System.nanoTime();
    WorkspacePool.with(predictor, workspace -> edit(workspace, members));
    return (System.nanoTime() - start) * 1e-9 / members.size();
  }

  private float[][] edit(Workspace workspace, List<Example> members) {
    workspace.load(parameters.value());
    return workspace.predictAll(members);
  }
}
