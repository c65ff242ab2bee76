/**
 * Values that other programs computed (docs/golden-vectors.md), and how far a device's are from
 * them: behind tests and {@code gradzoo gpu check}.
 *
 * <p>Is given what the stored files hold, since it reads none; judges no distance.
 *
 * <p>Read {@link GoldenCase}, then {@link GoldenSets}.
 */
package io.gradzoo.engine.golden;
