package io.gradzoo.jobs.config;

import io.gradzoo.jobs.model.Kinds;
import io.gradzoo.jobs.task.Tasks;

/**
 * What the models of a config may be.
 *
 * @param kinds of metanetworks
 * @param tasks that they learn
 */
public record ModelChoices(Kinds kinds, Tasks tasks) {}
