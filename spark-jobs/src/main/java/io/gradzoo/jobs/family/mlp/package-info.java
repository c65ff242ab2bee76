/**
 * The family mlp: networks whose layers are all dense.
 *
 * <p>Nobody but the registry names it.
 *
 * <p>Read {@link MlpFamily}.
 */
package io.gradzoo.jobs.family.mlp;
