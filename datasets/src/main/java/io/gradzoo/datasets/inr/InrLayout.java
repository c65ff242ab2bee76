package io.gradzoo.datasets.inr;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where published zoos have the network of an image. */
public enum InrLayout {
  /** {@code mnist_png_training_LABEL_ID/checkpoints/NAME.pth}, or {@code …_testing_…}. */
  MNIST_INRS(
      "(?:.*/)?(mnist_png_(?:training|testing)_(?<label>\\d)_(?<id>\\d{1,9}))/checkpoints/[^/]+"),
  /** Any path; the file has the label. */
  FASHION_MNIST_INRS("(?:.*/)?([^/]*?(?<id>\\d{0,9}))"),
  /** {@code randinit_smaller_LABELs/netID.pth}. */
  CIFAR10_INRS("(?:.*/)?(randinit_smaller_(?<label>\\d)s/net(?<id>\\d{1,9}))");

  /** What names of networks end with. */
  public static final String SUFFIX = ".pth";

  /** The activation of every published network. */
  public static final String ACTIVATION = "sine30";

  /** What is added to each output of a network to give the image's values. */
  public static final double OUTPUT_OFFSET = 0.5;

  private final Pattern pattern;

  InrLayout(String path) {
    this.pattern = Pattern.compile(path + "\\.pth");
  }

  /** Name of the image set whose images the networks represent. */
  public String images() {
    return switch (this) {
      case MNIST_INRS -> "mnist";
      case FASHION_MNIST_INRS -> "fashion_mnist";
      case CIFAR10_INRS -> "cifar10";
    };
  }

  /** The name that commands use. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** An example of a path, for messages. */
  public String example() {
    return switch (this) {
      case MNIST_INRS -> "mnist_png_training_7_12345/checkpoints/model_final.pth";
      case FASHION_MNIST_INRS -> "12345.pth";
      case CIFAR10_INRS -> "randinit_smaller_3s/net12345.pth";
    };
  }

  /**
   * The network that a file holds.
   *
   * @param path relative to the zoo's folder, with slashes
   * @return nothing if the layout has no such file
   */
  public Optional<InrNetwork> network(String path) {
    Matcher matcher = pattern.matcher(path);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String id = matcher.group("id");
    Integer label = this == FASHION_MNIST_INRS ? null : Integer.valueOf(matcher.group("label"));
    String run =
        this == FASHION_MNIST_INRS
            ? path.substring(0, path.length() - SUFFIX.length())
            : matcher.group(1);
    return Optional.of(
        new InrNetwork(path, run.replace('/', '-'), id.isEmpty() ? null : id, label));
  }
}
