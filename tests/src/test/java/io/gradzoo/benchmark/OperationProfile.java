package io.gradzoo.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the time of a run goes, sampled by the JVM's flight recorder: by the operation that was
 * running, and by the kernel.
 */
final class OperationProfile implements AutoCloseable {
  private static final String OURS = "io.gradzoo.";
  private static final String KERNELS = "io.gradzoo.engine.kernel.";
  private static final String THREAD = "step-";

  private final Recording recording = new Recording();
  private Instant from = Instant.MIN;

  /** Starts the recorder, which throws away all compiled code: before the warm-up, therefore. */
  static OperationProfile start() {
    OperationProfile profile = new OperationProfile();
    profile.recording.enable("jdk.ExecutionSample").withPeriod(Duration.ofMillis(1));
    profile.recording.start();
    return profile;
  }

  /** Forgets what was sampled so far. */
  void begin() {
    from = Instant.now();
  }

  /** Ends the sampling and prints shares of the samples, the largest first. */
  void print() throws IOException {
    recording.stop();
    Path file = Files.createTempFile("profile", ".jfr");
    try {
      recording.dump(file);
      Map<String, Integer> byOperation = new TreeMap<>();
      Map<String, Integer> byKernel = new TreeMap<>();
      for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
        if (event.getStackTrace() != null
            && event.getStartTime().isAfter(from)
            && event.getThread("sampledThread").getJavaName().startsWith(THREAD)) {
          List<RecordedFrame> frames = event.getStackTrace().getFrames();
          byOperation.merge(operation(frames), 1, Integer::sum);
          byKernel.merge(kernel(frames), 1, Integer::sum);
        }
      }
      print("operation", byOperation);
      print("kernel", byKernel);
    } finally {
      Files.delete(file);
    }
  }

  /** The innermost frame of ours outside the kernels; adjoints and forwards apart. */
  private static String operation(List<RecordedFrame> frames) {
    return frames.stream()
        .map(OperationProfile::name)
        .filter(name -> name.startsWith(OURS) && !name.startsWith(KERNELS))
        .findFirst()
        .map(name -> name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1))
        .orElse("(not ours)");
  }

  /** The innermost frame in a kernel. */
  private static String kernel(List<RecordedFrame> frames) {
    return frames.stream()
        .map(OperationProfile::name)
        .filter(name -> name.startsWith(KERNELS))
        .findFirst()
        .map(name -> name.substring(KERNELS.length()))
        .orElseGet(() -> "(elsewhere) " + operation(frames));
  }

  private static String name(RecordedFrame frame) {
    return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
  }

  private static void print(String what, Map<String, Integer> counts) {
    int all = counts.values().stream().mapToInt(Integer::intValue).sum();
    System.out.printf("%n%5s  %s (%d samples)%n", "%", what, all);
    counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(30)
        .forEach(e -> System.out.printf("%5.1f  %s%n", 100.0 * e.getValue() / all, e.getKey()));
  }

  @Override
  public void close() {
    recording.close();
  }
}
