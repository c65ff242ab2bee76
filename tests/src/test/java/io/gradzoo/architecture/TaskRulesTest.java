package io.gradzoo.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import io.gradzoo.jobs.task.MetanetworkTask;
import io.gradzoo.jobs.task.TaskBaselines;
import io.gradzoo.jobs.task.registry.BuiltInTasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A task is one folder, and the registry alone says which there are. */
class TaskRulesTest {
  private static final String TASKS = "io.gradzoo.jobs.task.*..";
  private static final String REGISTRY = "io.gradzoo.jobs.task.registry";

  @Test
  void nobodyButTheRegistryDependsOnTheFolderOfATask() {
    noClasses()
        .that(not(resideInAnyPackage(TASKS)))
        .should()
        .dependOnClassesThat(resideInAPackage(TASKS).and(not(resideInAPackage(REGISTRY))))
        .because("everybody else knows tasks as MetanetworkTask and TaskBaselines")
        .check(Code.ALL);
  }

  @Test
  void onlyReadersOfConfigsTakeTheRegistry() {
    classes()
        .that(resideInAPackage(REGISTRY))
        .should()
        .onlyBeAccessed()
        .byAnyPackage(REGISTRY, "io.gradzoo.jobs.config")
        .because("a config says which tasks it may name, and jobs go on with these")
        .check(Code.ALL);
  }

  @Test
  void tasksLieInFoldersOfTasksAndEveryTaskIsRegistered() {
    classes()
        .that(assignableTo(MetanetworkTask.class).or(assignableTo(TaskBaselines.class)))
        .and()
        .areNotInterfaces()
        .should()
        .resideInAPackage(TASKS)
        .check(Code.ALL);
    Set<String> found =
        Code.ALL.stream()
            .filter(type -> type.isAssignableTo(MetanetworkTask.class) && !type.isInterface())
            .map(JavaClass::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(found)
        .isEqualTo(
            BuiltInTasks.ALL.all().stream()
                .map(task -> task.getClass().getName())
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void tasksKnowNoTableAndNoJob() {
    noClasses()
        .that()
        .resideInAPackage("io.gradzoo.jobs.task..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache..", "io.gradzoo.jobs.table..", "io.gradzoo.jobs.example..")
        .check(Code.ALL);
  }

  @Test
  void nobodyElseWritesTheNameOfATask() throws IOException {
    List<String> names = BuiltInTasks.ALL.all().stream().map(MetanetworkTask::name).toList();
    List<String> written = new ArrayList<>();
    Path jobs = Path.of("../spark-jobs/src/main/java/io/gradzoo/jobs");
    try (Stream<Path> files = Files.walk(jobs)) {
      for (Path file :
          (Iterable<Path>) files.filter(f -> f.toString().endsWith(".java"))::iterator) {
        String text = Files.readString(file);
        if (!file.startsWith(jobs.resolve("task"))) {
          names.stream()
              .filter(name -> text.contains("\"" + name + "\""))
              .forEach(name -> written.add(file.getFileName() + ": " + name));
        }
      }
    }
    assertThat(written).isEmpty();
  }
}
