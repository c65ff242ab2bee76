package io.gradzoo.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.datasets.image.ImageSet;
import io.gradzoo.engine.tensor.Tensor;
import io.gradzoo.jobs.Job;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever receives a module's jar receives its licence and the credits of the data in it. */
class LicenceTest {

  @ParameterizedTest
  @ValueSource(classes = {Tensor.class, ImageSet.class, Job.class})
  void everyModuleCarriesLicenceAndNotice(Class<?> ofModule) throws IOException {
    URL module = ofModule.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader alone = new URLClassLoader(new URL[] {module}, null)) {
      for (String name : new String[] {"LICENSE", "NOTICE"}) {
        try (InputStream stream = alone.getResourceAsStream("META-INF/" + name)) {
          assertThat(stream).as("META-INF/%s in %s", name, module).isNotNull();
          assertThat(stream.readAllBytes()).isEqualTo(Files.readAllBytes(Path.of("..", name)));
        }
      }
    }
  }
}
