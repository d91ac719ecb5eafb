package io.facteur.rendering;

import java.util.List;

/** Tries what others write with templates, e.g. mails, before these templates come into force. */
@FunctionalInterface
public interface TemplateTrial {

  /** For templates that are used for documents alone. */
  TemplateTrial NONE = templates -> List.of();

  /** What fails with these templates; empty if nothing. */
  List<TemplateProblem> of(Templates templates);
}
