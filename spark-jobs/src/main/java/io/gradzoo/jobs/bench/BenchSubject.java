package io.gradzoo.jobs.bench;

/** The subject of a benchmark. */
public enum BenchSubject {
  SCALEGMN("scalegmn", "network"),
  GRADMETANET("gradmetanet", "set"),
  GRADMETANET_PLUS_PLUS("gradmetanet++", "set");

  private final String id;
  private final String unit;

  BenchSubject(String id, String unit) {
    this.id = id;
    this.unit = unit;
  }

  /** Its name. */
  String id() {
    return id;
  }

  /** What a batch is made of. */
  String unit() {
    return unit;
  }
}
