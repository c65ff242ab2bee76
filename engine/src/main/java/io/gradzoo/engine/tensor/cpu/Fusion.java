package io.gradzoo.engine.tensor.cpu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sorts recorded operations into {@link Stage}s: a row operation joins the stage that writes rows
 * which it reads, or else one that reads them too, unless it also waits for something that waits
 * for that stage.
 */
final class Fusion {
  private final List<FusionGroup> groups = new ArrayList<>();
  private final Map<Memory, FusionGroup> producers = new HashMap<>();
  private final Map<Memory, CpuOperation> producing = new HashMap<>();
  private final Map<Memory, List<FusionGroup>> readers = new HashMap<>();

  private Fusion() {}

  /** A stage to be. */
  private static final class FusionGroup {
    final List<CpuOperation> operations = new ArrayList<>();
    final Set<FusionGroup> before = new LinkedHashSet<>();

    /** Rows of a model, and rows of a line; 0 for an operation of another kind. */
    int height;

    int line;

    boolean waitsFor(FusionGroup other, Set<FusionGroup> seen) {
      if (this == other) {
        return true;
      }
      return seen.add(this) && before.stream().anyMatch(group -> group.waitsFor(other, seen));
    }

    Stage stage() {
      return height == 0
          ? new Stage(operations.get(0))
          : Stage.ofRows(operations.stream().map(CpuRowOperation.class::cast).toList());
    }
  }

  /** The stages, in an order in which they can be run. */
  static List<Stage> stages(List<CpuOperation> operations) {
    Fusion fusion = new Fusion();
    operations.forEach(fusion::add);
    return fusion.inOrder();
  }

  private void add(CpuOperation operation) {
    FusionGroup group = null;
    if (operation instanceof CpuRowOperation rows) {
      group = groupFor(rows);
    }
    if (group == null) {
      group = new FusionGroup();
      groups.add(group);
    }
    join(group, operation);
  }

  private void join(FusionGroup group, CpuOperation operation) {
    group.operations.add(operation);
    if (operation instanceof CpuRowOperation rows) {
      group.height = rows.height();
      group.line = Math.max(group.line, rows.line());
    }
    for (Operand input : operation.inputs) {
      FusionGroup producer = producers.get(input.memory());
      if (producer != null && producer != group) {
        group.before.add(producer);
      }
      readers.computeIfAbsent(input.memory(), memory -> new ArrayList<>()).add(group);
    }
    producers.put(operation.output.memory(), group);
    producing.put(operation.output.memory(), operation);
  }

  private FusionGroup groupFor(CpuRowOperation operation) {
    for (int i = 0; i < operation.inputs.size(); i++) {
      FusionGroup group = producers.get(operation.inputs.get(i).memory());
      if (operation.readsRows(i) && group != null && admits(group, operation)) {
        return group;
      }
    }
    for (int i = 0; i < operation.inputs.size(); i++) {
      if (operation.readsRows(i)) {
        for (FusionGroup group :
            readers.getOrDefault(operation.inputs.get(i).memory(), List.of())) {
          if (admits(group, operation)) {
            return group;
          }
        }
      }
    }
    return null;
  }

  private boolean admits(FusionGroup group, CpuRowOperation operation) {
    boolean sameRows =
        group.height == operation.height()
            && (group.line == operation.line() || group.line == 1 || operation.line() == 1);
    if (!sameRows) {
      return false;
    }
    for (int i = 0; i < operation.inputs.size(); i++) {
      Memory memory = operation.inputs.get(i).memory();
      FusionGroup producer = producers.get(memory);
      if (producer == group) {
        boolean byRows =
            operation.readsRows(i)
                && ((CpuRowOperation) producing.get(memory)).writesRows()
                && operation.inputs.get(i).rows() == group.height;
        if (!byRows) {
          return false;
        }
      } else if (producer != null && producer.waitsFor(group, new LinkedHashSet<>())) {
        return false;
      }
    }
    return true;
  }

  private List<Stage> inOrder() {
    List<Stage> stages = new ArrayList<>();
    Set<FusionGroup> placed = new LinkedHashSet<>();
    while (placed.size() < groups.size()) {
      for (FusionGroup group : groups) {
        if (!placed.contains(group) && placed.containsAll(group.before)) {
          placed.add(group);
          stages.add(group.stage());
          break;
        }
      }
    }
    return stages;
  }
}
