package io.facteur.run;

import io.facteur.dispatch.DispatchPlan;
import io.facteur.dispatch.PlanDifference;
import io.facteur.dispatch.PlanProblem;
import io.facteur.rendering.RuleViolation;
import java.util.List;

/**
 * A plan with everything that people should know before it is carried out (DISP-6).
 *
 * @param differences from the way in which the contract's last document went out; empty where there
 *     is no contract
 * @param comparedWith number of that document; null if there is none
 * @param violations rules that the e-invoice breaks; empty where none is to be sent
 */
public record ReviewedPlan(
    DispatchPlan plan,
    List<PlanProblem> problems,
    List<PlanDifference> differences,
    String comparedWith,
    List<RuleViolation> violations) {

  public ReviewedPlan {
    problems = List.copyOf(problems);
    differences = List.copyOf(differences);
    violations = List.copyOf(violations);
  }
}
