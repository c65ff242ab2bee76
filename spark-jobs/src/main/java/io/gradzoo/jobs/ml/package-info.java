/**
 * Stages for Spark's pipelines: metanetworks as estimators of data frames of members, and what they
 * become when they are fitted.
 *
 * <p>They train through the facade, as {@code train} does, and have no training of their own.
 * Nothing but numbers and JSON is read from what was saved.
 *
 * <p>Read {@link ScaleGmnRegressor}, then {@link MetanetworkEstimator} and {@link FittedStage},
 * then {@link SavedStage}.
 */
package io.gradzoo.jobs.ml;
