/**
 * Jobs that use models which change networks: a zoo of changed members, and what one pass is worth
 * beside descent.
 *
 * <p>Never writes into the zoo that it reads. What becomes of a member depends on the member and
 * the model alone.
 *
 * <p>Read {@link FineTuning}, then {@link Operator}, then {@link RunEvaluation}.
 */
package io.gradzoo.jobs.finetune;
