/**
 * Checks what an engineer edits (routes, templates, configuration) before anything is started, and
 * for {@code --check}, and makes the folders that are written to. Uses the checks of {@code camel},
 * {@code rendering} and {@code channel}.
 */
package io.facteur.check;
