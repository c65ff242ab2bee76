package io.gradzoo.datasets.image;

import io.gradzoo.engine.network.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** MNIST, or a set in the same four files. */
record IdxSource(PublishedFiles files) implements ImageSource {
  private static final ImageForm FORM = new ImageForm(new Shape(1, 28, 28), 10);

  @Override
  public String name() {
    return files.set();
  }

  @Override
  public Optional<ImageForm> form() {
    return Optional.of(FORM);
  }

  @Override
  public boolean divided() {
    return true;
  }

  @Override
  public FoundImages read(Path folder, Colours colours) {
    Path trainImages = find(folder, "train-images", 3);
    Path trainLabels = find(folder, "train-labels", 1);
    Path testImages = find(folder, "t10k-images", 3);
    Path testLabels = find(folder, "t10k-labels", 1);
    List<String> notes =
        Stream.of(trainImages, trainLabels, testImages, testLabels).flatMap(files::note).toList();
    return new FoundImages(
        read(trainImages, trainLabels, colours),
        Optional.of(read(testImages, testLabels, colours)),
        notes);
  }

  private Path find(Path folder, String part, int axes) {
    String name = part + "-idx" + axes + "-ubyte";
    String other = part + ".idx" + axes + "-ubyte";
    return files.find(folder, List.of(name, name + ".gz", other, other + ".gz"));
  }

  private static ImageSet read(Path images, Path labels, Colours colours) {
    return IdxImages.read(images, labels, FORM.shape(), FORM.classes()).read(colours);
  }
}
