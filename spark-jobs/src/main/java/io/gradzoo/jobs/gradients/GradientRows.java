package io.gradzoo.jobs.gradients;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.gradient.ConvolutionGradients;
import io.gradzoo.engine.gradient.LayerMoments;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.jobs.config.GradientsConfig.Unservable;
import io.gradzoo.jobs.family.Chunk;
import io.gradzoo.jobs.family.Extraction;
import io.gradzoo.jobs.family.LayerPart;
import io.gradzoo.jobs.family.registry.BuiltInGradients;
import io.gradzoo.jobs.table.MembersTable.MemberRow;
import io.gradzoo.jobs.table.StoredWeights;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import org.apache.spark.sql.Row;

/**
 * The staged rows of members, one after the other, computed lazily: at any time the rows of one
 * chunk of one set are in memory. One per task.
 */
final class GradientRows implements Iterator<Row> {
  private final GradientPlan plan;
  private final Iterator<Row> members;
  private final Runnable memberDone;
  private final Map<String, Extraction> workspaces = new HashMap<>();
  private final Queue<Row> ready = new ArrayDeque<>();
  private MemberRow member;
  private Architecture architecture;
  private Iterator<Probes.Assigned> probes = Collections.emptyIterator();
  private Probes.Assigned probe;
  private SetExtraction set;

  /**
   * Rows of the members.
   *
   * @param memberDone called when a member's last row is ready
   */
  GradientRows(GradientPlan plan, Iterator<Row> members, Runnable memberDone) {
    this.plan = plan;
    this.members = members;
    this.memberDone = memberDone;
  }

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

  /** Takes a chunk, or begins a set or a member; false at the end. */
  private boolean advance() {
    if (set != null) {
      takeChunk();
    } else if (probes.hasNext()) {
      beginSet();
    } else if (members.hasNext()) {
      member = MemberRow.of(members.next());
      architecture = StoredWeights.architecture(member);
      String id = member.memberId();
      List<Probes.Assigned> all = plan.probes().assign(id, plan.probes().inputs(architecture));
      Optional<Fault> problem =
          plan.unservable() == Unservable.EXCLUDE ? problem(all) : Optional.empty();
      if (problem.isPresent()) {
        ready.add(GradientTable.SETS.staged(Exclusion.row(member, problem.get())));
        memberDone.run();
      } else {
        probes = all.iterator();
      }
    } else {
      return false;
    }
    return true;
  }

  /** What keeps one of the member's sets from being served. */
  private Optional<Fault> problem(List<Probes.Assigned> assigned) {
    return assigned.stream().flatMap(probe -> extraction(probe).problem().stream()).findFirst();
  }

  private SetExtraction extraction(Probes.Assigned assigned) {
    Extraction workspace =
        workspaces.computeIfAbsent(
            architecture.id(),
            text -> BuiltInGradients.of(architecture).extraction(architecture, plan.form()));
    String id = member.memberId();
    long labelSeed = plan.labelSeed(id, assigned.role());
    SetDefinition definition =
        new SetDefinition(member, architecture, assigned.set(), plan.rule(), labelSeed);
    return new SetExtraction(definition, plan.chunk(architecture), workspace);
  }

  private void beginSet() {
    probe = probes.next();
    set = extraction(probe);
    if (!(plan.probes() instanceof Probes.Shared)) {
      ready.add(GradientTable.PROBES.staged(probe.set().row().toRow()));
    }
  }

  private void takeChunk() {
    SetRows rows = new SetRows(plan, member, probe);
    int offset = set.offset();
    Chunk chunk = set.next();
    if (probe.keepsFactors()) {
      for (LayerPart part : chunk.parts()) {
        if (plan.keepsGradients(part)) {
          ready.add(gradients(rows, part, offset));
        }
      }
    }
    if (!set.hasNext()) {
      for (LayerPart part : chunk.parts()) {
        LayerMoments moments = set.moments(part.index());
        ready.add(GradientTable.MOMENTS.staged(rows.moments(part, moments)));
      }
      ready.add(GradientTable.SETS.staged(rows.set(set.values(), set.discrepancy())));
      set = null;
      if (!probes.hasNext()) {
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
