/**
 * Checks what an engineer edits (routes, templates, configuration) before anything is started, and
 * for {@code --check}. Uses the checks of {@code camel} and {@code rendering}.
 */
package io.facteur.check;
