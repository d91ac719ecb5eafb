package io.facteur.check;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints the findings that stop a start instead of a stack trace. */
class CheckFailedAnalyzer extends AbstractFailureAnalyzer<CheckFailedException> {

  @Override
  protected FailureAnalysis analyze(Throwable failure, CheckFailedException cause) {
    return new FailureAnalysis(
        cause.getMessage(),
        "Correct these lines. The option --check looks at all of routes, templates and"
            + " configuration without starting anything.",
        failure);
  }
}
