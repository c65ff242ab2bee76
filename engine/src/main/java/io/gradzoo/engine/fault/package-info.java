/**
 * Errors as values: what failed, where, what was expected, what was found, and how to fix it.
 *
 * <p>There is one formatter, and a fault is one printable line whatever text it was made of;
 * nothing here knows files, tables or exit codes.
 *
 * <p>Read {@link Fault}, then {@link Faulty}.
 */
package io.gradzoo.engine.fault;
