package io.gradzoo.jobs.finetune;

import io.gradzoo.engine.editing.NetworkMeasures;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.pruning.PruningMask;
import io.gradzoo.engine.training.Example;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.table.FineTunedTable.FineTunedRow;
import io.gradzoo.jobs.table.FineTunedTable.Parent;
import io.gradzoo.jobs.table.MembersTable.MemberRow;
import io.gradzoo.jobs.table.MembersTable.Origin;
import io.gradzoo.jobs.table.StoredWeights;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/**
 * Makes members of members, on an executor.
 *
 * @param operator that changes them
 * @param rule how far they go, and which of them stay as they are
 * @param masks of those that were pruned, which stay pruned
 */
record MemberEdits(Operator operator, EditRule rule, MemberMasks masks, EditOrigin provenance)
    implements Serializable {
  /** Members that are changed together. */
  private static final int GROUP = 64;

  /**
   * Where they come from.
   *
   * @param zoo of the parents
   * @param operator identity of the model
   * @param code identity of the code
   */
  record EditOrigin(String zoo, String operator, String code) implements Serializable {}

  /**
   * A member that was made.
   *
   * @param member as a row of its table
   * @param row where it comes from and how good it is
   * @param worse whether the pass made it worse
   */
  record Edited(Row member, FineTunedRow row, boolean worse, int parameters)
      implements Serializable {}

  /** Members of the rows of parents, in their order; some parents at a time are in memory. */
  Iterator<Edited> apply(Iterator<Row> parents) {
    return new Iterator<>() {
      private Iterator<Edited> group = Collections.emptyIterator();

      @Override
      public boolean hasNext() {
        return group.hasNext() || parents.hasNext();
      }

      @Override
      public Edited next() {
        if (!group.hasNext()) {
          group = edit(group(parents)).iterator();
        }
        return group.next();
      }
    };
  }

  private static List<MemberRow> group(Iterator<Row> parents) {
    List<MemberRow> group = new ArrayList<>();
    while (group.size() < GROUP && parents.hasNext()) {
      group.add(MemberRow.of(parents.next()));
    }
    return group;
  }

  private List<Edited> edit(List<MemberRow> parents) {
    List<Example> examples =
        parents.stream()
            .map(
                parent ->
                    new Example(
                        parent.memberId(),
                        StoredWeights.architecture(parent),
                        ExampleParts.ofWeights(StoredWeights.of(parent)),
                        0))
            .toList();
    Map<String, PruningMask> pruned = new HashMap<>();
    for (Example example : examples) {
      byte[] mask = masks.bytes(example.id());
      if (mask != null) {
        pruned.put(example.id(), mask(example, mask));
      }
    }
    List<Operator.Edit> edits = operator.apply(examples, rule, pruned);
    List<Edited> edited = new ArrayList<>();
    for (int i = 0; i < edits.size(); i++) {
      edited.add(edited(parents.get(i), edits.get(i)));
    }
    return edited;
  }

  private static PruningMask mask(Example member, byte[] bytes) {
    int count = member.architecture().parameterCount();
    BitSet kept = BitSet.valueOf(bytes);
    if (kept.length() <= count) {
      PruningMask mask = new PruningMask(kept, count);
      if (mask.holds(member.input().weights())) {
        return mask;
      }
    }
    throw GradzooException.data(
        Fault.of("finetune")
            .at(member.id())
            .expected("a mask that prunes weights which are 0")
            .found("one of another network"));
  }

  private Edited edited(MemberRow parent, Operator.Edit edit) {
    boolean worse = rule.worse(edit);
    boolean changed = rule.changes(edit);
    String id = parent.memberId() + "-tuned";
    NetworkMeasures own = changed ? edit.after() : edit.before();
    MemberRow member =
        parent.changed(
            id,
            changed ? edit.parameters() : edit.member().input().weights(),
            own,
            new Origin(provenance.operator, provenance.code));
    FineTunedRow row =
        new FineTunedRow(
            id,
            new Parent(provenance.zoo, parent.memberId(), parent.weights().sha256()),
            provenance.operator,
            rule.words(operator.editing()),
            changed,
            edit.before(),
            edit.after(),
            edit.length(),
            masks.bytes(parent.memberId()));
    return new Edited(member.toRow(), row, worse, edit.parameters().length);
  }
}
