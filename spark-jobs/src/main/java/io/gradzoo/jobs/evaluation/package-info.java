/**
 * What trained models predict, and how well, beside baselines on the same networks.
 *
 * <p>Uses {@code jobs.run} and {@code jobs.example}. Never judges a model on networks of runs that
 * it has seen.
 *
 * <p>Read {@link EvaluationJob}, then {@link Evaluation}, then {@link PredictionJob}.
 */
package io.gradzoo.jobs.evaluation;
