package io.gradzoo.jobs.inference;

import io.gradzoo.engine.training.Workspace;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;

/**
 * The workspaces of an executor, kept from task to task: recorded programs are dear to make and
 * nothing in their results depends on what they were used for before. Only the latest metanetwork's
 * are kept.
 */
public final class WorkspacePool {
  private static final WorkspacePool INSTANCE = new WorkspacePool();

  private final Deque<Workspace> idle = new ArrayDeque<>();
  private Predictor predictor;

  private WorkspacePool() {}

  /** Lends a workspace for the duration of some work. */
  public static <T> T with(Predictor predictor, Function<Workspace, T> work) {
    Workspace workspace = INSTANCE.take(predictor);
    T result = work.apply(workspace);
    INSTANCE.giveBack(predictor, workspace);
    return result;
  }

  private synchronized Workspace take(Predictor wanted) {
    if (!wanted.equals(predictor)) {
      idle.clear();
      predictor = wanted;
    }
    return idle.isEmpty() ? wanted.workspace() : idle.pop();
  }

  private synchronized void giveBack(Predictor of, Workspace workspace) {
    if (of.equals(predictor)) {
      idle.push(workspace);
    }
  }
}
