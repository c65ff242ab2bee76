package io.gradzoo.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.transformer.Architectures;
import io.gradzoo.jobs.family.MemberFamily;
import io.gradzoo.jobs.family.registry.BuiltInFamilies;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A family of target networks is one folder, and the registry alone says which there are. */
class FamilyRulesTest {
  private static final FolderRules FAMILIES = new FolderRules("family");

  @Test
  void nobodyButTheRegistryDependsOnTheFolderOfAFamily() {
    FAMILIES.requireKnownToTheRegistryAlone("everybody else knows families as MemberFamily");
  }

  @Test
  void familiesLieInFoldersOfFamiliesAndEveryFamilyIsRegistered() {
    FAMILIES.requireInFolders(MemberFamily.class);
    FAMILIES.requireRegistered(MemberFamily.class, BuiltInFamilies.ALL.all());
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

  /** Everything behind these goes on with the architecture that they parsed. */
  @Test
  void architecturesAreParsedWhereConfigsTablesAndFilesAreRead() {
    Set<String> configs = Set.of("ZooConfig", "RunPlan", "RandomMembers", "MadeUpExamples");
    Set<String> tables =
        Set.of(
            "ExampleSource",
            "Arguments",
            "StoredWeights",
            "SymmetryCheck",
            "StorageEstimate",
            "ZooExport",
            "NetworkFilesWriter",
            "SplitRules");
    Set<String> files =
        Set.of("TrainedModel", "PublishedNetwork", "ImportedRuns", "NetworkWeights");
    Set<String> constants =
        Set.of(
            "AveragingBench",
            "GpuSubject",
            "CheckedGradients",
            "CheckedJointTraining",
            "GoldenConvolutionCase",
            "GoldenSets",
            "GradMetaNetBench",
            "GradientWorkload",
            "ZooWorkload");

    Set<String> parsing =
        Code.ALL.stream()
            .flatMap(type -> type.getAccessesFromSelf().stream())
            .filter(
                access ->
                    access.getTarget().getName().equals("parse")
                        && (access.getTargetOwner().isAssignableTo(Architecture.class)
                            || access.getTargetOwner().isEquivalentTo(Architectures.class)))
            .map(access -> access.getOriginOwner().getFullName())
            .map(name -> name.substring(name.lastIndexOf('.') + 1).replaceAll("\\$.*", ""))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(parsing)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(
                    configs,
                    tables,
                    files,
                    constants,
                    Set.of("Architectures", "LayeredArchitecture", "TransformerArchitecture"))
                .flatMap(Set::stream)
                .toList());
  }

  /** But for words of the command line, of published zoos, and {@code gradzoo bench}. */
  @Test
  void nobodyElseWritesTheNameOfAFamily() throws IOException {
    FAMILIES.requireNamedNowhereElse(
        BuiltInFamilies.ALL.names(), Set.of("bench", "cli", "published"));
  }
}
