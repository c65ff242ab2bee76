/**
 * What every module says of an error: what failed, where, what was expected and found, and the fix.
 *
 * <p>There is one formatter, and a fault is one printable line whatever text it was made of;
 * nothing here knows files, tables or exit codes.
 *
 * <p>Read {@link Fault}, then {@link Faulty}.
 */
package io.gradzoo.engine.fault;
