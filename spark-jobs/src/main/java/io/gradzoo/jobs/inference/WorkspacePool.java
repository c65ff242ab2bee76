package io.gradzoo.jobs.inference;

import io.gradzoo.engine.training.Workspace;
import io.gradzoo.jobs.device.OpenDevice;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The workspaces of an executor, kept from task to task: recorded programs are dear to make and
 * nothing in their results depends on what they were used for before. Only the latest metanetwork's
 * are kept. A task gets one of the GPU that Spark gave it.
 */
public final class WorkspacePool {
  private static final WorkspacePool INSTANCE = new WorkspacePool();

  private final Map<Integer, Deque<Lent>> idle = new HashMap<>();
  private Predictor predictor;

  private WorkspacePool() {}

  /** A workspace and what it is on. */
  private record Lent(Workspace workspace, OpenDevice device) {}

  /** Lends a workspace for the duration of some work. */
  public static <T> T with(Predictor predictor, Function<Workspace, T> work) {
    return with(predictor, (device, workspace) -> work.apply(workspace));
  }

  /** Likewise, and says what it is on. */
  public static <T> T with(Predictor predictor, BiFunction<OpenDevice, Workspace, T> work) {
    int place = predictor.device().place();
    Lent lent = INSTANCE.take(predictor, place);
    T result = work.apply(lent.device(), lent.workspace());
    INSTANCE.giveBack(predictor, place, lent);
    return result;
  }

  private synchronized Lent take(Predictor wanted, int place) {
    if (!wanted.equals(predictor)) {
      idle.clear();
      predictor = wanted;
    }
    Deque<Lent> there = idle.get(place);
    if (there != null && !there.isEmpty()) {
      return there.pop();
    }
    OpenDevice device = wanted.device().open();
    return new Lent(wanted.workspace(device), device);
  }

  private synchronized void giveBack(Predictor of, int place, Lent lent) {
    if (of.equals(predictor)) {
      idle.computeIfAbsent(place, none -> new ArrayDeque<>()).push(lent);
    }
  }
}
