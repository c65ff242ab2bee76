package io.gradzoo.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rules of what has one folder each below a package of jobs, and a registry there that lists them.
 *
 * @param name the package's, such as {@code model}
 */
record FolderRules(String name) {
  private static final Path JOBS = Path.of("../spark-jobs/src/main/java/io/gradzoo/jobs");

  String registry() {
    return "io.gradzoo.jobs." + name + ".registry";
  }

  private String folders() {
    return "io.gradzoo.jobs." + name + ".*..";
  }

  void requireKnownToTheRegistryAlone(String because) {
    noClasses()
        .that(not(resideInAPackage(folders())))
        .should()
        .dependOnClassesThat(resideInAPackage(folders()).and(not(resideInAPackage(registry()))))
        .because(because)
        .check(Code.ALL);
  }

  void requireRegistryReadByConfigsAlone(String because) {
    classes()
        .that(resideInAPackage(registry()))
        .should()
        .onlyBeAccessed()
        .byAnyPackage(registry(), "io.gradzoo.jobs.config")
        .because(because)
        .check(Code.ALL);
  }

  void requireInFolders(Class<?> type) {
    classes()
        .that(assignableTo(type))
        .and()
        .areNotInterfaces()
        .should()
        .resideInAPackage(folders())
        .check(Code.ALL);
  }

  /**
   * Every class of a type is in the registry.
   *
   * @param registered one of each
   */
  void requireRegistered(Class<?> type, List<?> registered) {
    Set<String> found =
        Code.ALL.stream()
            .filter(each -> each.isAssignableTo(type))
            .filter(each -> !each.getModifiers().contains(JavaModifier.ABSTRACT))
            .map(JavaClass::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(found)
        .isEqualTo(
            registered.stream()
                .map(each -> each.getClass().getName())
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  void requireNeitherTablesNorExamples() {
    noClasses()
        .that()
        .resideInAPackage("io.gradzoo.jobs." + name + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache..", "io.gradzoo.jobs.table..", "io.gradzoo.jobs.example..")
        .check(Code.ALL);
  }

  /**
   * No source of another package writes one of the names.
   *
   * @param but other packages of jobs that may
   */
  void requireNamedNowhereElse(List<String> names, Set<String> but) throws IOException {
    List<String> written = new ArrayList<>();
    try (Stream<Path> files = Files.walk(JOBS)) {
      for (Path file :
          (Iterable<Path>) files.filter(f -> f.toString().endsWith(".java"))::iterator) {
        String text = Files.readString(file);
        String first = JOBS.relativize(file).getName(0).toString();
        if (!first.equals(name) && !but.contains(first)) {
          names.stream()
              .filter(each -> text.contains("\"" + each + "\""))
              .forEach(each -> written.add(file.getFileName() + ": " + each));
        }
      }
    }
    assertThat(written).isEmpty();
  }
}
