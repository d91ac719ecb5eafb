package io.facteur.run;

import io.facteur.dispatch.DispatchPlan;
import io.facteur.dispatch.PlanDifference;
import io.facteur.dispatch.PlanProblem;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Sums up the dispatch of many documents while it is planned; of each kind of problem and
 * difference it lists only the first.
 */
public final class DispatchSummary implements Consumer<PreviewedDocument> {

  /** So many of each kind are listed. */
  public static final int LISTED = 50;

  /** A problem of one of the documents. */
  public record Problem(PreviewedDocument.Head document, PlanProblem problem) {}

  /** How one of the documents differs from its contract's last one. */
  public record Difference(PreviewedDocument.Head document, PlanDifference difference) {}

  /** Counts all of a kind and keeps the first. */
  private static final class Kept<T> {
    private final List<T> first = new ArrayList<>();
    private int count;

    private void add(T one) {
      count++;
      if (first.size() < LISTED) {
        first.add(one);
      }
    }
  }

  private final Map<String, DispatchPlan.ChannelCount> channels = new TreeMap<>();
  private final Map<PlanProblem.Kind, Kept<Problem>> problems =
      new EnumMap<>(PlanProblem.Kind.class);
  private final Map<PlanDifference.Kind, Kept<Difference>> differences =
      new EnumMap<>(PlanDifference.Kind.class);
  private int documents;

  @Override
  public void accept(PreviewedDocument document) {
    ReviewedPlan review = document.review();
    if (review == null) {
      return;
    }
    documents++;
    for (DispatchPlan.ChannelCount count : review.plan().counts()) {
      channels.merge(count.channel(), count, DispatchPlan.ChannelCount::plus);
    }
    for (PlanProblem problem : review.problems()) {
      problems
          .computeIfAbsent(problem.kind(), none -> new Kept<>())
          .add(new Problem(document.head(), problem));
    }
    for (PlanDifference difference : review.differences()) {
      differences
          .computeIfAbsent(difference.kind(), none -> new Kept<>())
          .add(new Difference(document.head(), difference));
    }
  }

  public int documents() {
    return documents;
  }

  /** By name. */
  public List<DispatchPlan.ChannelCount> channels() {
    return List.copyOf(channels.values());
  }

  public Map<PlanProblem.Kind, Integer> problemsByKind() {
    return counts(problems);
  }

  public Map<PlanDifference.Kind, Integer> differencesByKind() {
    return counts(differences);
  }

  /** The first of each kind. */
  public List<Problem> problems() {
    return problems.values().stream().flatMap(kept -> kept.first.stream()).toList();
  }

  /** The first of each kind. */
  public List<Difference> differences() {
    return differences.values().stream().flatMap(kept -> kept.first.stream()).toList();
  }

  private static <K extends Enum<K>, T> Map<K, Integer> counts(Map<K, Kept<T>> kept) {
    Map<K, Integer> counts = new TreeMap<>();
    kept.forEach((kind, one) -> counts.put(kind, one.count));
    return counts;
  }
}
