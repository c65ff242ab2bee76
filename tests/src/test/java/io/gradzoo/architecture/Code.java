package io.gradzoo.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** The compiled modules, without their tests. */
final class Code {
  static final String ENGINE = "io.gradzoo.engine..";
  static final String DATASETS = "io.gradzoo.datasets..";
  static final String JOBS = "io.gradzoo.jobs..";

  static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.gradzoo.engine", "io.gradzoo.datasets", "io.gradzoo.jobs");

  private Code() {}
}
