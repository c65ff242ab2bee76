package io.gradzoo.jobs.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.catalog.Namespace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedCatalogTest {
  private static final int WRITERS = 4;

  @TempDir Path folder;

  @Test
  void manyMakeTheSameNewCatalogAtOnce() throws Exception {
    ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    try {
      for (int i = 0; i < 20; i++) {
        String file = folder.resolve(i + ".sqlite").toString();
        CyclicBarrier start = new CyclicBarrier(WRITERS);
        Callable<List<Namespace>> writer =
            () -> {
              start.await();
              try (EmbeddedCatalog catalog = open(file)) {
                return catalog.listNamespaces();
              }
            };
        List<Future<List<Namespace>>> opened = new ArrayList<>();
        for (int w = 0; w < WRITERS; w++) {
          opened.add(writers.submit(writer));
        }
        for (Future<List<Namespace>> each : opened) {
          assertThat(each.get()).isEmpty();
        }
      }
    } finally {
      writers.shutdownNow();
    }
  }

  private EmbeddedCatalog open(String file) {
    EmbeddedCatalog catalog = new EmbeddedCatalog();
    catalog.setConf(new Configuration());
    catalog.initialize(
        "gradzoo",
        Map.of(
            "uri",
            "jdbc:sqlite:" + file,
            "warehouse",
            folder.toString(),
            "jdbc.schema-version",
            "V1"));
    return catalog;
  }
}
