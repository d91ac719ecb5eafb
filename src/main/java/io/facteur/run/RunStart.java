package io.facteur.run;

import io.facteur.document.RunId;

/**
 * The answer to a start.
 *
 * @param joined whether the run was going on already: then both who started it do it together
 */
public record RunStart(RunId run, boolean joined) {}
