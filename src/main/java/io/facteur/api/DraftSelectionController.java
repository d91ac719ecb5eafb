package io.facteur.api;

import io.facteur.api.idempotency.Idempotent;
import io.facteur.delivery.IssueResult;
import io.facteur.document.Discard;
import io.facteur.document.DocumentHead;
import io.facteur.document.DocumentId;
import io.facteur.document.Documents;
import io.facteur.document.IssuedDocument;
import io.facteur.party.Checks;
import io.facteur.party.Counted;
import io.facteur.party.CurrentActor;
import io.facteur.party.Refusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is done with drafts: a selection is issued, one is discarded. */
@RestController
@RequestMapping("/api/documents")
@Tag(name = "Documents")
class DraftSelectionController {

  private static final int MAX_SELECTED = 500;

  private final Documents documents;
  private final DraftRelease release;
  private final Discard discard;
  private final CurrentActor actor;

  DraftSelectionController(
      Documents documents, DraftRelease release, Discard discard, CurrentActor actor) {
    this.documents = documents;
    this.release = release;
    this.discard = discard;
    this.actor = actor;
  }

  /** Which drafts are to be issued, and how. */
  @Schema(name = "IssueSelection")
  record SelectionBody(
      @NotNull @Schema(description = "Ids of drafts of one company, in the order of their numbers.")
          List<@NotNull Long> documents,
      @NotNull @Schema(description = "How many they are. Any other number is refused.")
          Integer count,
      @Schema(description = "Today or earlier, in the company's time zone; today if left out.")
          LocalDate issueDate,
      @Schema(description = "Each draft's own if left out.") String printQueue) {}

  /** What became of a selection. */
  @Schema(name = "IssuedSelection")
  record Answer(int issued, List<One> documents) {}

  /** What became of one document of it. */
  @Schema(name = "IssuedOrNot")
  record One(
      long id,
      @Schema(description = "Null if it was not issued.") String number,
      LocalDate issueDate,
      LocalDate dueDate,
      @Schema(description = "Why it was not issued; null if it was.") String reason) {}

  /** A draft that is no more. */
  @Schema(name = "DiscardedDraft")
  record Discarded(
      long id,
      String contract,
      LocalDate periodFrom,
      LocalDate periodTo,
      @Schema(description = "Whether its period can be billed again by a run.")
          boolean billedAgain) {}

  @Operation(
      summary = "Issues a selection of drafts (BILL-6)",
      description =
          "At most 500. Each is issued that can be; the answer says of the others why not. 409 if"
              + " the count is another than that of the selection.")
  @Idempotent
  @PostMapping("/issue")
  ResponseEntity<Answer> issue(@Valid @RequestBody SelectionBody body) {
    List<DocumentHead> selected = selected(body);
    IssueResult result = release.releaseEach(selected, body.printQueue(), body.issueDate());
    Map<DocumentId, One> outcomes = outcomes(result);
    return ResponseEntity.ok(
        new Answer(
            result.issued().size(),
            selected.stream()
                .map(document -> outcomes.getOrDefault(document.id(), gone(document)))
                .toList()));
  }

  @Operation(
      summary = "Discards a draft",
      description =
          "If a run made it, and it is the last that was billed of its contract, its period can be"
              + " billed again. 409 for a settlement of a contract that is billed further already: no"
              + " other would deduct its instalments.")
  @DeleteMapping("/{number}")
  Discarded discard(@Parameter(description = "Id.") @PathVariable String number) {
    Discard.Discarded discarded = discard.discard(documents.get(number));
    return new Discarded(
        discarded.id().value(),
        discarded.contract(),
        discarded.period() == null ? null : discarded.period().from(),
        discarded.period() == null ? null : discarded.period().to(),
        discarded.billedAgain());
  }

  private List<DocumentHead> selected(SelectionBody body) {
    Set<Long> ids = new LinkedHashSet<>(body.documents());
    Checks checks = new Checks();
    checks.rule(!ids.isEmpty(), "documents", "is empty: nothing selected means nothing issued");
    checks.rule(
        ids.size() <= MAX_SELECTED, "documents", "has more than " + MAX_SELECTED + " documents");
    checks.rule(ids.size() == body.documents().size(), "documents", "names a document twice");
    checks.refuse();
    if (body.count() != ids.size()) {
      throw Refusal.conflict(
          "count",
          "%s selected, not %d".formatted(Counted.of(ids.size(), "document"), body.count()));
    }
    Map<Long, DocumentHead> heads =
        documents.headsByIds(ids.stream().map(DocumentId::new).toList()).stream()
            .filter(head -> actor.sees(head.company()))
            .collect(Collectors.toMap(head -> head.id().value(), Function.identity()));
    for (int i = 0; i < body.documents().size(); i++) {
      long id = body.documents().get(i);
      checks.rule(
          heads.containsKey(id), "documents[" + i + "]", "there is no document '" + id + "'");
    }
    checks.rule(
        heads.values().stream().map(DocumentHead::company).distinct().count() <= 1,
        "documents",
        "are of more than one company: select those of one");
    checks.refuse();
    return ids.stream().map(heads::get).toList();
  }

  private static Map<DocumentId, One> outcomes(IssueResult result) {
    Map<DocumentId, One> outcomes = new HashMap<>();
    for (IssuedDocument issued : result.issued()) {
      outcomes.put(
          issued.id(),
          new One(
              issued.id().value(), issued.number(), issued.issueDate(), issued.dueDate(), null));
    }
    Stream.concat(result.problems().stream(), result.withheld().stream())
        .forEach(
            problem ->
                outcomes.put(
                    problem.draft(),
                    new One(problem.draft().value(), null, null, null, problem.reason())));
    return outcomes;
  }

  private static One gone(DocumentHead document) {
    return new One(
        document.id().value(), null, null, null, "was issued by somebody else in the meantime");
  }
}
