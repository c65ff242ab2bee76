package io.gradzoo.jobs.training;

import io.gradzoo.engine.metanet.MetanetworkSpec;
import io.gradzoo.engine.training.Workspace;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;

/**
 * The workspaces of an executor, kept from task to task: recorded programs are dear to make and
 * nothing in their results depends on what they were used for before. Only the latest metanetwork's
 * are kept.
 */
final class WorkspacePool {
  private static final WorkspacePool INSTANCE = new WorkspacePool();

  private final Deque<Workspace> idle = new ArrayDeque<>();
  private MetanetworkSpec spec;

  private WorkspacePool() {}

  /** Lends a workspace for the duration of some work. */
  static <T> T with(MetanetworkSpec spec, Function<Workspace, T> work) {
    Workspace workspace = INSTANCE.take(spec);
    T result = work.apply(workspace);
    INSTANCE.giveBack(spec, workspace);
    return result;
  }

  private synchronized Workspace take(MetanetworkSpec wanted) {
    if (!wanted.equals(spec)) {
      idle.clear();
      spec = wanted;
    }
    return idle.isEmpty() ? new Workspace(wanted.build()) : idle.pop();
  }

  private synchronized void giveBack(MetanetworkSpec of, Workspace workspace) {
    if (of.equals(spec)) {
      idle.push(workspace);
    }
  }
}
