package io.gradzoo.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import io.gradzoo.engine.network.transformer.Architectures;
import io.gradzoo.jobs.family.MemberFamily;
import io.gradzoo.jobs.family.registry.BuiltInFamilies;
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

/** A family of target networks is one folder, and the registry alone says which there are. */
class FamilyRulesTest {
  private static final String FAMILIES = "io.gradzoo.jobs.family.*..";
  private static final String REGISTRY = "io.gradzoo.jobs.family.registry";

  @Test
  void nobodyButTheRegistryDependsOnTheFolderOfAFamily() {
    noClasses()
        .that(not(resideInAnyPackage(FAMILIES)))
        .should()
        .dependOnClassesThat(resideInAPackage(FAMILIES).and(not(resideInAPackage(REGISTRY))))
        .because("everybody else knows families as MemberFamily")
        .check(Code.ALL);
  }

  @Test
  void familiesLieInFoldersOfFamiliesAndEveryFamilyIsRegistered() {
    classes()
        .that(assignableTo(MemberFamily.class))
        .and()
        .areNotInterfaces()
        .should()
        .resideInAPackage(FAMILIES)
        .check(Code.ALL);
    Set<String> found =
        Code.ALL.stream()
            .filter(type -> type.isAssignableTo(MemberFamily.class) && !type.isInterface())
            .map(JavaClass::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(found)
        .isEqualTo(
            BuiltInFamilies.ALL.all().stream()
                .map(family -> family.getClass().getName())
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  /** But for kinds of metanetworks that read them, and the tables that hold their factors. */
  @Test
  void noJobKnowsTransformers() {
    noClasses()
        .that(
            resideInAPackage("io.gradzoo.jobs..")
                .and(
                    not(
                        resideInAnyPackage(
                            "io.gradzoo.jobs.family..",
                            "io.gradzoo.jobs.model.*..",
                            "io.gradzoo.jobs.table"))))
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.gradzoo.engine..transformer..")
                .and(not(equivalentTo(Architectures.class))))
        .check(Code.ALL);
  }

  /** But for words of the command line, of published zoos, and {@code gradzoo bench}. */
  @Test
  void nobodyElseWritesTheNameOfAFamily() throws IOException {
    List<String> written = new ArrayList<>();
    Path jobs = Path.of("../spark-jobs/src/main/java/io/gradzoo/jobs");
    try (Stream<Path> files = Files.walk(jobs)) {
      for (Path file :
          (Iterable<Path>) files.filter(f -> f.toString().endsWith(".java"))::iterator) {
        String text = Files.readString(file);
        boolean word = file.toString().matches(".*/jobs/(bench|cli|published)/.*");
        if (!file.startsWith(jobs.resolve("family")) && !word) {
          BuiltInFamilies.ALL.names().stream()
              .filter(name -> text.contains("\"" + name + "\""))
              .forEach(name -> written.add(file.getFileName() + ": " + name));
        }
      }
    }
    assertThat(written).isEmpty();
  }
}
