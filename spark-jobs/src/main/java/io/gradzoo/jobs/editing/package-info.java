/**
 * What a task that changes networks makes better, and what came out of it on held-out members.
 *
 * <p>Values alone: computes nothing and reads no table.
 *
 * <p>Read {@link Editing}, then {@link EditComparison}.
 */
package io.gradzoo.jobs.editing;
