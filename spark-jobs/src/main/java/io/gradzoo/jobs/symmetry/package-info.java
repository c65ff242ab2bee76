/** Measures on a user's own model and zoo how well a metanetwork respects its symmetries. */
package io.gradzoo.jobs.symmetry;
