package io.gradzoo.jobs.task;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The tasks that a config may name.
 *
 * @param registered in the order of messages
 */
public record Tasks(List<RegisteredTask> registered) {

  /**
   * @throws IllegalArgumentException if two have one name
   */
  public Tasks {
    registered = List.copyOf(registered);
    List<String> names = registered.stream().map(each -> each.task().name()).toList();
    if (new HashSet<>(names).size() < names.size()) {
      throw new IllegalArgumentException("two tasks of one name among " + names);
    }
  }

  /** These and one more. */
  public Tasks with(RegisteredTask task) {
    List<RegisteredTask> more = new ArrayList<>(registered);
    more.add(task);
    return new Tasks(more);
  }

  /** The tasks themselves. */
  public List<MetanetworkTask> all() {
    return registered.stream().map(RegisteredTask::task).toList();
  }

  /** The blocks of all of them but one. */
  public Set<String> blocksBut(String name) {
    return all().stream()
        .filter(task -> !task.name().equals(name))
        .flatMap(task -> task.block().stream())
        .collect(Collectors.toSet());
  }

  /** The baselines of a task. */
  public TaskBaselines baselines(MetanetworkTask task) {
    return registered(task).baselines();
  }

  /** What a report shows of a task's models. */
  public TaskSection section(MetanetworkTask task) {
    return registered(task).section();
  }

  /**
   * What is shown of evaluations.
   *
   * @param title of the task that they are of, as {@link MetanetworkTask#title} has it
   */
  public TaskSection sectionOf(String title) {
    return registered.stream()
        .filter(each -> each.task().title().equals(title))
        .map(RegisteredTask::section)
        .findFirst()
        .orElseGet(PredictionSection::new);
  }

  /** What is shown of models that change networks. */
  public TaskSection sectionOfChanges() {
    return registered.stream()
        .filter(each -> each.task().edits().isPresent())
        .map(RegisteredTask::section)
        .findFirst()
        .orElseThrow();
  }

  private RegisteredTask registered(MetanetworkTask task) {
    return registered.stream()
        .filter(each -> each.task().name().equals(task.name()))
        .findFirst()
        .orElseThrow();
  }

  /** Some of them in words, for a message: {@code accuracy or fisher_trace}. */
  public String words(Predicate<MetanetworkTask> which, Function<MetanetworkTask, String> said) {
    return all().stream().filter(which).map(said).collect(Collectors.joining(" or "));
  }
}
