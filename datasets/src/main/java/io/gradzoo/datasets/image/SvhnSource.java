package io.gradzoo.datasets.image;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The street view house numbers, cropped digits: one file to train on, one to test on. */
record SvhnSource(PublishedFiles files) implements ImageSource {
  @Override
  public String name() {
    return files.set();
  }

  @Override
  public Optional<ImageForm> form() {
    return Optional.of(new ImageForm(SvhnImages.SHAPE, SvhnImages.CLASSES));
  }

  @Override
  public boolean divided() {
    return true;
  }

  @Override
  public FoundImages read(Path folder, Colours colours) {
    Path train = files.find(folder, List.of("train_32x32.mat"));
    Path test = files.find(folder, List.of("test_32x32.mat"));
    return new FoundImages(
        SvhnImages.read(train).read(colours),
        Optional.of(SvhnImages.read(test).read(colours)),
        Stream.of(train, test).flatMap(files::note).toList());
  }
}
