package io.gradzoo.jobs.editing;

import io.gradzoo.jobs.editing.EditScore.Spread;

/**
 * A row of a comparison: networks pruned by one method.
 *
 * @param method in words
 * @param sparsity share of the parameters that are 0
 * @param networks count
 * @param accuracy on test images, after fine-tuning
 * @param loss cross-entropy on test images, in nats
 * @param predicted accuracy; null without a predictor
 * @param prunedAccuracy on test images before fine-tuning
 * @param prunedPredicted accuracy predicted before fine-tuning; null without a predictor
 * @param outside share of the networks that lie outside the training zoo
 * @param prunedOutside share that did before fine-tuning
 * @param learningRate that validation members chose
 * @param seconds a network takes
 */
public record PruningScore(
    String method,
    double sparsity,
    int networks,
    Spread accuracy,
    Spread loss,
    Spread predicted,
    Spread prunedAccuracy,
    Spread prunedPredicted,
    double outside,
    double prunedOutside,
    double learningRate,
    double seconds) {}
