package io.gradzoo.e2e;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.gradzoo.jobs.ml.MetanetworkEstimator;
import java.util.List;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.PipelineStage;

/** The stages of Spark's pipelines that stand on the class path. */
final class StageClasses {
  private StageClasses() {}

  /** Estimators, and what they become. */
  static List<Class<?>> all() {
    return found(PipelineStage.class);
  }

  static List<Class<?>> estimators() {
    return found(Estimator.class);
  }

  static List<Class<?>> models() {
    return found(Model.class);
  }

  /** What an estimator becomes, by the names of the two. */
  static Class<?> modelOf(Class<?> estimator) {
    String name =
        estimator.getSimpleName().replace("Regressor", "").replace("Classifier", "Classification")
            + "Model";
    return models().stream()
        .filter(model -> model.getSimpleName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name));
  }

  private static List<Class<?>> found(Class<? extends PipelineStage> kind) {
    return new ClassFileImporter()
        .importPackagesOf(MetanetworkEstimator.class).stream()
            .filter(type -> type.isAssignableTo(kind))
            .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
            .<Class<?>>map(JavaClass::reflect)
            .toList();
  }
}
