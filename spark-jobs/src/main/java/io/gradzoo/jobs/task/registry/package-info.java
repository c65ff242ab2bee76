/**
 * The list of all tasks.
 *
 * <p>Computes nothing, and is data to everybody else.
 *
 * <p>Read {@link BuiltInTasks}.
 */
package io.gradzoo.jobs.task.registry;
