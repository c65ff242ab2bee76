package io.gradzoo.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The metanetworks in PyTorch that ours are measured beside. */
class PythonTwinTest {

  @Test
  @Tag("slow")
  void outputsAndGradientsAreTheGoldenValues() throws IOException {
    Python.assume(List.of("torch", "numpy"));

    String printed = Python.script(Path.of(".."), Path.of("../deploy/bench/twin.py"), "--check");

    assertThat(printed.lines()).hasSize(3).allMatch(line -> line.contains("\"gradients\": "));
  }
}
