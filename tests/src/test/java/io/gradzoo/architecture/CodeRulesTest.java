package io.gradzoo.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessField;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.gradzoo.jobs.cli.Main;
import java.io.ObjectInputStream;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.junit.jupiter.api.Test;

/** What no class may do, wherever it lives. */
class CodeRulesTest {

  @Test
  void nothingIsDeserializedOrLoadedByName() {
    noClasses()
        .should(dependOnClassesThat(assignableTo(ObjectInputStream.class)))
        .orShould(dependOnClassesThat(assignableTo(ClassLoader.class)))
        .orShould(callMethod(Class.class, "forName", String.class))
        .orShould(
            callMethod(Class.class, "forName", String.class, boolean.class, ClassLoader.class))
        .orShould(callMethod(Class.class, "forName", Module.class, String.class))
        .because("data must not choose what code runs")
        .check(Code.ALL);
  }

  @Test
  void onlyMainEndsTheProcess() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(Main.class)
        .should(callMethod(System.class, "exit", int.class))
        .orShould(callMethod(Runtime.class, "exit", int.class))
        .orShould(callMethod(Runtime.class, "halt", int.class))
        .check(Code.ALL);
  }

  @Test
  void onlyTheCommandLinePrints() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.gradzoo.jobs.cli")
        .should(accessField(System.class, "out"))
        .orShould(accessField(System.class, "err"))
        .because("a job returns its result, and says on the way what its progress meter shows")
        .check(Code.ALL);
  }

  @Test
  void theEngineIsAFunctionOfItsArguments() {
    noClasses()
        .that()
        .resideInAPackage(Code.ENGINE)
        .should(callMethod(Math.class, "random"))
        .orShould(callMethod(System.class, "currentTimeMillis"))
        .orShould(callMethod(System.class, "nanoTime"))
        .orShould(callMethod(Runtime.class, "availableProcessors"))
        .orShould(dependOnClassesThat(assignableTo(Random.class)))
        .orShould(dependOnClassesThat(assignableTo(ThreadLocalRandom.class)))
        .orShould(dependOnClassesThat(assignableTo(Thread.class)))
        .orShould(callMethodWhere(onTheEnvironment()))
        .because("its results depend neither on time nor on threads nor on the machine's settings")
        .check(Code.ALL);
  }

  @Test
  void accessorsHaveNoGetPrefix() {
    noMethods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .areNotAssignableTo(TableProvider.class)
        .and()
        .areDeclaredInClassesThat()
        .areNotAssignableTo(Params.class)
        .should()
        .haveNameMatching("get[A-Z].*")
        .because("but for what Spark calls by such a name, and users of its pipelines expect")
        .check(Code.ALL);
  }

  @Test
  void publicMethodsTakeNoBooleans() {
    noMethods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .arePublic()
        .and()
        .doNotHaveModifier(JavaModifier.SYNTHETIC)
        .should()
        .haveRawParameterTypes(containing(boolean.class))
        .because("a call should say what it does")
        .check(Code.ALL);
  }

  private static DescribedPredicate<JavaAccess<?>> onTheEnvironment() {
    return DescribedPredicate.describe(
        "that read the environment",
        access ->
            access.getTargetOwner().isEquivalentTo(System.class)
                && access.getName().equals("getenv"));
  }

  private static DescribedPredicate<List<JavaClass>> containing(Class<?> type) {
    return DescribedPredicate.describe(
        "one of " + type, types -> types.stream().anyMatch(t -> t.isEquivalentTo(type)));
  }
}
