package io.gradzoo.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executors in processes of their own: nothing that crosses the wire changes a result. */
class LocalClusterTest {
  @TempDir Path folder;

  @Test
  void trainingOnTwoExecutorsGivesTheSameBytes() throws Exception {
    Workplace reference = ReferenceJob.get().place();
    Path runs = folder.resolve("runs");

    try (ChildGradzoo child =
        ChildGradzoo.start(
            new Workplace(folder),
            "local-cluster[2,1,1024]",
            "--set=storage.warehouse=" + reference.folder().resolve("warehouse"),
            "train",
            "gradmetanet")) {
      child.outcome().ok();
    }

    for (String file : List.of("model.safetensors", "metrics.jsonl")) {
      assertThat(runs.resolve("tiny-gradmetanet").resolve(file))
          .hasSameBinaryContentAs(reference.run("gradmetanet").resolve(file));
    }
  }
}
