package io.gradzoo.jobs.published;

import io.gradzoo.datasets.inr.InrLayout;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.code.OtherCodePolicy;
import java.util.Locale;
import java.util.Optional;

/** How a folder holds a zoo. */
public enum ZooFormat {
  SMALL_CNN,
  MNIST_INRS,
  FASHION_MNIST_INRS,
  CIFAR10_INRS,
  /** What {@code zoo.json} in the folder describes. */
  FILES;

  /**
   * The job that imports a folder.
   *
   * @param splits name of a published split file in the folder
   * @param licence under which it was published, in words
   * @param rule what becomes of a zoo that other code made
   * @throws GradzooException exit code 2 if the format has no split files
   */
  public Job<ImportedZoo> importing(
      String folder, Optional<String> splits, String licence, OtherCodePolicy rule) {
    return switch (this) {
      case SMALL_CNN -> new ZooImport(folder, splits, licence, rule);
      case MNIST_INRS, FASHION_MNIST_INRS, CIFAR10_INRS ->
          FilesImport.inrs(folder, InrLayout.valueOf(name()), splits, licence, rule);
      case FILES -> {
        if (splits.isPresent()) {
          throw GradzooException.usage(
              Fault.of("zoo import")
                  .at("--splits")
                  .expected("a published zoo")
                  .found("files")
                  .fix("name the splits in members.csv, column published_split"));
        }
        yield FilesImport.described(folder, licence, rule);
      }
    };
  }

  /** As the command line names it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
