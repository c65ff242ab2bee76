package io.gradzoo.jobs.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.jobs.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Servers that nobody answers at. */
class OutboxTest {
  private static final TrackedRun RUN =
      new TrackedRun(
          "tiny-m", "0".repeat(64), new TreeMap<>(), List.of(), Map.of(), TrackedRun.State.RUNNING);

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  /** The system accepts the connection, and then there is silence. */
  @Test
  void aServerThatIsSilentIsWaitedForOnceAndNotForLong() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Outbox outbox = outbox(silent.getLocalPort(), Duration.ofMillis(200));
      long start = System.nanoTime();
      for (int i = 0; i < 1000; i++) {
        outbox.put(RUN);
      }
      outbox.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
    assertThat(said.toString(UTF_8))
        .matches("train m: goes on without MLflow at http://127.0.0.1:\\d+: no answer in 0 s\\R");
  }

  @Test
  void aServerThatIsDownIsSaidInOneLine() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (Outbox outbox = outbox(port, Duration.ofSeconds(20))) {
      outbox.put(RUN);
      while (said.size() == 0) {
        Thread.sleep(5);
      }
      outbox.put(RUN);
    }
    assertThat(said.toString(UTF_8).lines())
        .singleElement()
        .asString()
        .matches("train m: goes on without MLflow at http://127.0.0.1:\\d+: ConnectException .*");
  }

  private Outbox outbox(int port, Duration patience) {
    return new Outbox(
        "train m",
        new MlflowRun("http://127.0.0.1:" + port, "gradzoo", Map.of()),
        Progress.to(new PrintStream(said, true, UTF_8)),
        patience);
  }
}
