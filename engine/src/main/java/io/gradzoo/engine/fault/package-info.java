/**
 * Faults: the values of which every message to a user is made, whichever module finds what is
 * wrong.
 *
 * <p>Texts and numbers only: knows nothing else of Gradzoo, formats in one place, and shows no text
 * of a file as more than one printable line.
 *
 * <p>Read {@link Fault}, then {@link FaultException}, then {@link OneLine}.
 */
package io.gradzoo.engine.fault;
