package io.gradzoo.datasets.image;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** CIFAR-10 in its binary version: five batches to train on and one to test on. */
record CifarSource(PublishedFiles files) implements ImageSource {
  private static final int BATCHES = 5;

  @Override
  public String name() {
    return files.set();
  }

  @Override
  public Optional<ImageForm> form() {
    return Optional.of(new ImageForm(CifarImages.SHAPE, CifarImages.CLASSES));
  }

  @Override
  public boolean divided() {
    return true;
  }

  @Override
  public FoundImages read(Path folder, Colours colours) {
    List<Path> train =
        IntStream.rangeClosed(1, BATCHES)
            .mapToObj(batch -> find(folder, "data_batch_" + batch + ".bin"))
            .toList();
    Path test = find(folder, "test_batch.bin");
    return new FoundImages(
        CifarImages.read(train).read(colours),
        Optional.of(CifarImages.read(List.of(test)).read(colours)),
        List.of());
  }

  /** In the set's folder, or in that which its archive unpacks to. */
  private Path find(Path folder, String name) {
    return files.find(folder, List.of(name, "cifar-10-batches-bin/" + name));
  }
}
