/**
 * The kind gradient_deep_sets: DeepSets on gradient sets, a baseline.
 *
 * <p>Nobody but the registry names it.
 *
 * <p>Read {@link DeepSetsKind}.
 */
package io.gradzoo.jobs.model.deepsets;
