package io.gradzoo.architecture;

import io.gradzoo.jobs.task.MetanetworkTask;
import io.gradzoo.jobs.task.TaskBaselines;
import io.gradzoo.jobs.task.registry.BuiltInTasks;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A task is one folder, and the registry alone says which there are. */
class TaskRulesTest {
  private static final FolderRules TASKS = new FolderRules("task");

  @Test
  void nobodyButTheRegistryDependsOnTheFolderOfATask() {
    TASKS.requireKnownToTheRegistryAlone(
        "everybody else knows tasks as MetanetworkTask and TaskBaselines");
  }

  @Test
  void onlyReadersOfConfigsTakeTheRegistry() {
    TASKS.requireRegistryReadByConfigsAlone(
        "a config says which tasks it may name, and jobs go on with these");
  }

  @Test
  void tasksLieInFoldersOfTasksAndEveryTaskIsRegistered() {
    TASKS.requireInFolders(MetanetworkTask.class);
    TASKS.requireInFolders(TaskBaselines.class);
    TASKS.requireRegistered(MetanetworkTask.class, BuiltInTasks.ALL.all());
  }

  @Test
  void tasksKnowNoTableAndNoJob() {
    TASKS.requireNeitherTablesNorExamples();
  }

  @Test
  void nobodyElseWritesTheNameOfATask() throws IOException {
    TASKS.requireNamedNowhereElse(
        BuiltInTasks.ALL.all().stream().map(MetanetworkTask::name).toList(), Set.of());
  }
}
