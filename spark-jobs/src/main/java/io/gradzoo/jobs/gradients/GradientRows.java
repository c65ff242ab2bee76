package io.gradzoo.jobs.gradients;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.gradient.ConvolutionGradients;
import io.gradzoo.engine.gradient.LayerMoments;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.jobs.config.GradientsConfig.Unservable;
import io.gradzoo.jobs.family.Chunk;
import io.gradzoo.jobs.family.Extraction;
import io.gradzoo.jobs.family.LayerPart;
import io.gradzoo.jobs.table.MembersTable.MemberRow;
import io.gradzoo.jobs.table.StoredWeights;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import org.apache.spark.sql.Row;

/**
 * The staged rows of members, one after the other, computed lazily: at any time the rows of one
 * chunk are in memory, of one set or, where a device takes several at once, of sets that together
 * are no larger than a chunk may be. One per task.
 */
final class GradientRows implements Iterator<Row> {
  private final GradientPlan plan;
  private final Iterator<Row> members;
  private final Workspaces workspaces;
  private final Runnable memberDone;
  private final Queue<Row> ready = new ArrayDeque<>();

  /** Sets that are not begun yet. */
  private final Queue<MemberSet> waiting = new ArrayDeque<>();

  /** Sets whose chunks are taken together. */
  private final List<MemberSet> together = new ArrayList<>();

  /**
   * Rows of the members.
   *
   * @param memberDone called when a member's last row is ready
   */
  GradientRows(
      GradientPlan plan, Iterator<Row> members, Workspaces workspaces, Runnable memberDone) {
    this.plan = plan;
    this.members = members;
    this.workspaces = workspaces;
    this.memberDone = memberDone;
  }

  /** A set of a member, and whether it is the member's last. */
  private record MemberSet(
      MemberRow member, Probes.Assigned probe, SetExtraction extraction, boolean last) {}

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && advance()) {
      // Advances until there is a row, or nothing left.
    }
    return !ready.isEmpty();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  /** Takes chunks, or begins sets or a member; false at the end. */
  private boolean advance() {
    if (!together.isEmpty()) {
      takeChunks();
    } else if (!waiting.isEmpty() || members.hasNext()) {
      begin();
    } else {
      return false;
    }
    return true;
  }

  /** Begins as many of the next sets as can be taken together. */
  private void begin() {
    int most = 1;
    while (together.size() < most && (!waiting.isEmpty() || members.hasNext())) {
      if (waiting.isEmpty()) {
        beginMember(MemberRow.of(members.next()));
      } else {
        Extraction workspace = waiting.peek().extraction().workspace();
        if (!together.isEmpty() && together.get(0).extraction().workspace() != workspace) {
          return;
        }
        most = workspace.atOnce();
        beginSet(waiting.remove());
      }
    }
  }

  private void beginMember(MemberRow member) {
    Architecture architecture = StoredWeights.architecture(member);
    String id = member.memberId();
    List<Probes.Assigned> all = plan.probes().assign(id, plan.probes().inputs(architecture));
    Optional<Fault> problem =
        plan.unservable() == Unservable.EXCLUDE
            ? problem(member, architecture, all)
            : Optional.empty();
    if (problem.isPresent()) {
      ready.add(GradientTable.SETS.staged(Exclusion.row(member, problem.get())));
      memberDone.run();
      return;
    }
    for (int i = 0; i < all.size(); i++) {
      Probes.Assigned probe = all.get(i);
      SetExtraction extraction = extraction(member, architecture, probe);
      waiting.add(new MemberSet(member, probe, extraction, i == all.size() - 1));
    }
  }

  /** What keeps one of a member's sets from being served. */
  private Optional<Fault> problem(
      MemberRow member, Architecture architecture, List<Probes.Assigned> assigned) {
    return assigned.stream()
        .flatMap(probe -> extraction(member, architecture, probe).problem().stream())
        .findFirst();
  }

  private SetExtraction extraction(
      MemberRow member, Architecture architecture, Probes.Assigned assigned) {
    long labelSeed = plan.labelSeed(member.memberId(), assigned.role());
    SetDefinition definition =
        new SetDefinition(member, architecture, assigned.set(), plan.rule(), labelSeed);
    return new SetExtraction(definition, plan.chunk(architecture), workspaces.take(architecture));
  }

  private void beginSet(MemberSet set) {
    together.add(set);
    if (!(plan.probes() instanceof Probes.Shared)) {
      ready.add(GradientTable.PROBES.staged(set.probe().set().row().toRow()));
    }
  }

  /** Of sets that are taken together, some have more chunks than others. */
  private void takeChunks() {
    List<Integer> offsets = together.stream().map(set -> set.extraction().offset()).toList();
    List<Chunk> chunks = SetExtraction.next(together.stream().map(MemberSet::extraction).toList());
    for (int i = 0; i < chunks.size(); i++) {
      add(together.get(i), offsets.get(i), chunks.get(i));
    }
    together.removeIf(set -> !set.extraction().hasNext());
  }

  private void add(MemberSet set, int offset, Chunk chunk) {
    SetRows rows = new SetRows(plan, set.member(), set.probe());
    if (set.probe().keepsFactors()) {
      for (LayerPart part : chunk.parts()) {
        if (plan.keepsGradients(part)) {
          ready.add(gradients(rows, part, offset));
        }
      }
    }
    SetExtraction extraction = set.extraction();
    if (!extraction.hasNext()) {
      for (LayerPart part : chunk.parts()) {
        LayerMoments moments = extraction.moments(part.index());
        ready.add(GradientTable.MOMENTS.staged(rows.moments(part, moments)));
      }
      Row row = rows.set(extraction.values(), extraction.discrepancy());
      ready.add(GradientTable.SETS.staged(row));
      if (set.last()) {
        memberDone.run();
      }
    }
  }

  private Row gradients(SetRows rows, LayerPart part, int offset) {
    Optional<ConvolutionGradients> full = part.fullGradients();
    return plan.fills(GradientTable.LOWRANK) && full.isPresent()
        ? GradientTable.LOWRANK.staged(rows.lowRank(full.get(), offset))
        : GradientTable.FACTORS.staged(rows.factors(part, offset));
  }
}
