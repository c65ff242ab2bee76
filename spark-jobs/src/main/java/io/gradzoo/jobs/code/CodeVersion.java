package io.gradzoo.jobs.code;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Identity of the code that a result depends on: a hash over the classes that compute it and all
 * that these name, followed by the code versions of what the result was made from. Comments and
 * classes that the result does not reach leave it as it is, and so does a second build.
 *
 * <p>What brings settings, rows and messages to and fro is left out: settings are compared by their
 * own hashes, as they were understood, and rows by what they hold. So is what is measured on a
 * model that is ready, for people.
 */
public final class CodeVersion {
  private static final int LENGTH = 16;

  /** Names of classes, and beginnings of names, that decide no number of a result. */
  static final List<String> CARRIERS =
      List.of(
          "io/gradzoo/engine/fault/",
          "io/gradzoo/jobs/Failures",
          "io/gradzoo/jobs/GradzooException",
          "io/gradzoo/jobs/JobContext",
          "io/gradzoo/jobs/OutputFolder",
          "io/gradzoo/jobs/Progress",
          "io/gradzoo/jobs/SparkProgress",
          "io/gradzoo/jobs/code/",
          "io/gradzoo/jobs/config/ConfigLayers",
          "io/gradzoo/jobs/config/EffectiveConfig",
          "io/gradzoo/jobs/config/GradzooConfig",
          "io/gradzoo/jobs/config/block/Section",
          "io/gradzoo/jobs/gradients/OtherCode",
          "io/gradzoo/jobs/session/",
          "io/gradzoo/jobs/symmetry/",
          "io/gradzoo/jobs/table/CheckpointFolder",
          "io/gradzoo/jobs/curvature/StudyLedger",
          "io/gradzoo/jobs/table/FileSizes",
          "io/gradzoo/jobs/table/FilePlace",
          "io/gradzoo/jobs/table/Staging",
          "io/gradzoo/jobs/table/TableProperties",
          "io/gradzoo/jobs/table/TableStore",
          "io/gradzoo/jobs/tracking/",
          "io/gradzoo/jobs/task/RegisteredTask",
          "io/gradzoo/jobs/task/Tasks",
          "io/gradzoo/jobs/run/RunDirectory");

  private static final Map<List<Class<?>>, String> KNOWN = new ConcurrentHashMap<>();

  private CodeVersion() {}

  /**
   * The code version of a result that is made from settings alone.
   *
   * @param roots the classes that make it
   * @return 16 hex digits
   */
  public static String of(Class<?>... roots) {
    return KNOWN.computeIfAbsent(
        List.copyOf(Arrays.asList(roots)), known -> shortened(closure(roots).hash()));
  }

  /**
   * Of a result that is made from others.
   *
   * @param root the class that makes it
   * @param inputs code versions of these others
   * @return 16 hex digits
   */
  public static String of(Class<?> root, List<String> inputs) {
    return of(List.of(root), inputs);
  }

  /**
   * Of a result that is made from others.
   *
   * @param roots the classes that make it
   * @param inputs code versions of these others
   * @return 16 hex digits
   */
  public static String of(List<Class<?>> roots, List<String> inputs) {
    String code = of(roots.toArray(Class<?>[]::new));
    return shortened(
        sha256((code + "\n" + String.join("\n", inputs)).getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Of a result that other code began and this code goes on with; neither's own.
   *
   * @param begun code version of what was begun
   * @param code this code's
   * @return 16 hex digits
   */
  public static String mixed(String begun, String code) {
    return shortened(sha256(("mixed\n" + begun + "\n" + code).getBytes(StandardCharsets.UTF_8)));
  }

  /** The classes whose code counts. */
  static ClassClosure closure(Class<?>... roots) {
    return ClassClosure.of(
        name -> CARRIERS.stream().noneMatch(name::startsWith),
        Arrays.stream(roots).map(root -> root.getName().replace('.', '/')).toArray(String[]::new));
  }

  static String shortened(String hash) {
    return hash.substring(0, LENGTH);
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
