/**
 * The members of a zoo as examples of a task, and the splits they are in.
 *
 * <p>Reads tables and knows no training: what is standardised is standardised with statistics of
 * the training split alone, and no run is in two splits.
 *
 * <p>Read {@link TaskExamples}, then {@link ExampleSource}, then {@link ExampleSets}.
 */
package io.gradzoo.jobs.example;
