/**
 * Evaluation and prediction with trained models, beside baselines on the same networks.
 *
 * <p>Uses {@code jobs.run} and {@code jobs.example}. Never evaluates a model on networks of runs
 * that it was trained on.
 *
 * <p>Read {@link EvaluationJob}, then {@link Evaluation}, then {@link PredictionJob}.
 */
package io.gradzoo.jobs.evaluation;
