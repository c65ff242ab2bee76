/**
 * Zoos of implicit neural representations as they were published: where each network lies, of which
 * image it is, and the files that divide them.
 *
 * <p>Knows names of files and lists of them; of weights it reads none.
 *
 * <p>Read {@link InrLayout}, then {@link InrSplits}.
 */
package io.gradzoo.datasets.inr;
