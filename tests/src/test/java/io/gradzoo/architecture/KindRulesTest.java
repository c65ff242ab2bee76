package io.gradzoo.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import io.gradzoo.jobs.bench.ScaleGmnBench;
import io.gradzoo.jobs.model.MetanetworkDesign;
import io.gradzoo.jobs.model.MetanetworkKind;
import io.gradzoo.jobs.model.registry.BuiltInKinds;
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

/** A kind of metanetwork is one folder, and the registry alone says which there are. */
class KindRulesTest {
  private static final String KINDS = "io.gradzoo.jobs.model.*..";
  private static final String REGISTRY = "io.gradzoo.jobs.model.registry";

  @Test
  void nobodyButTheRegistryDependsOnTheFolderOfAKind() {
    noClasses()
        .that(not(resideInAnyPackage(KINDS)))
        .should()
        .dependOnClassesThat(resideInAPackage(KINDS).and(not(resideInAPackage(REGISTRY))))
        .because("everybody else knows kinds as MetanetworkKind and MetanetworkDesign")
        .check(Code.ALL);
  }

  @Test
  void onlyReadersOfConfigsTakeTheRegistry() {
    classes()
        .that(resideInAPackage(REGISTRY))
        .should()
        .onlyBeAccessed()
        .byAnyPackage(REGISTRY, "io.gradzoo.jobs.config")
        .because("a config says which kinds it may name, and jobs go on with these")
        .check(Code.ALL);
  }

  @Test
  void kindsAndDesignsLieInFoldersOfKindsAndEveryKindIsRegistered() {
    classes()
        .that(assignableTo(MetanetworkKind.class).or(assignableTo(MetanetworkDesign.class)))
        .and()
        .areNotInterfaces()
        .should()
        .resideInAPackage(KINDS)
        .check(Code.ALL);
    Set<String> found =
        Code.ALL.stream()
            .filter(type -> type.isAssignableTo(MetanetworkKind.class) && !type.isInterface())
            .map(JavaClass::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(found)
        .isEqualTo(
            BuiltInKinds.ALL.all().stream()
                .map(kind -> kind.getClass().getName())
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void kindsKnowNoTableAndNoJob() {
    noClasses()
        .that()
        .resideInAPackage("io.gradzoo.jobs.model..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache..", "io.gradzoo.jobs.table..", "io.gradzoo.jobs.example..")
        .check(Code.ALL);
  }

  /** But for words of the command line, and {@code gradzoo bench}, which measures two of them. */
  @Test
  void nobodyElseWritesTheNameOfAKind() throws IOException {
    List<String> written = new ArrayList<>();
    Path jobs = Path.of("../spark-jobs/src/main/java/io/gradzoo/jobs");
    try (Stream<Path> files = Files.walk(jobs)) {
      for (Path file :
          (Iterable<Path>) files.filter(f -> f.toString().endsWith(".java"))::iterator) {
        String text = Files.readString(file);
        boolean word = file.toString().matches(".*/jobs/(bench|cli)/.*");
        if (!file.startsWith(jobs.resolve("model")) && !word) {
          BuiltInKinds.ALL.names().stream()
              .filter(name -> text.contains("\"" + name + "\""))
              .forEach(name -> written.add(file.getFileName() + ": " + name));
        }
      }
    }
    assertThat(written).isEmpty();
    assertThat(BuiltInKinds.ALL.names()).contains(ScaleGmnBench.KIND);
  }
}
