package io.facteur.api;

import io.facteur.addressing.AddressedDrafts;
import io.facteur.api.idempotency.Idempotent;
import io.facteur.document.DocumentId;
import io.facteur.document.DocumentList;
import io.facteur.document.DocumentQuery;
import io.facteur.document.DocumentState;
import io.facteur.document.DocumentType;
import io.facteur.document.Documents;
import io.facteur.document.RunId;
import io.facteur.party.Checks;
import io.facteur.party.CompanyId;
import io.facteur.party.CurrentActor;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Documents over HTTP; paths name an issued one by its number and any by its id. */
@RestController
@RequestMapping("/api/documents")
@Tag(name = "Documents", description = "Drafts and issued documents, and what becomes of them.")
class DocumentController {

  private final DocumentList list;
  private final Documents documents;
  private final AddressedDrafts drafts;
  private final References references;
  private final CurrentActor actor;

  DocumentController(
      DocumentList list,
      Documents documents,
      AddressedDrafts drafts,
      References references,
      CurrentActor actor) {
    this.list = list;
    this.documents = documents;
    this.drafts = drafts;
    this.references = references;
    this.actor = actor;
  }

  @Operation(
      summary = "Lists documents",
      description = "Sorted by id, number, type, issueDate, dueDate, payable or contact.")
  @GetMapping
  PageResource<DocumentSummaryResource> list(
      @Parameter(description = "Code of a company.") @RequestParam(required = false) String company,
      @RequestParam(required = false) DocumentType type,
      @RequestParam(required = false) DocumentState state,
      @Parameter(description = "Code of the contracting party.") @RequestParam(required = false)
          String contact,
      @Parameter(description = "Number of a contract.") @RequestParam(required = false)
          String contract,
      @Parameter(description = "Issued on this day or later.") @RequestParam(required = false)
          LocalDate from,
      @Parameter(description = "Issued on this day or earlier.") @RequestParam(required = false)
          LocalDate to,
      @Parameter(description = "Id of the run that made it.") @RequestParam(required = false)
          Long run,
      @Valid @ParameterObject ListQuery query) {
    Checks checks = new Checks();
    Set<CompanyId> companies = references.companies(checks, "company", company);
    checks.rule(from == null || to == null || !to.isBefore(from), "to", "is before 'from'");
    checks.refuse();
    var wanted =
        new DocumentQuery(
            companies,
            type,
            state,
            contact,
            contract,
            from,
            to,
            run == null ? null : new RunId(run));
    return PageResource.of(list.list(wanted, query.paging()).map(DocumentSummaryResource::of));
  }

  @Operation(summary = "Shows a document with its lines and amounts")
  @GetMapping("/{number}")
  DocumentResource get(@Parameter(description = "Number, or id.") @PathVariable String number) {
    return resource(documents.get(number).id());
  }

  @Operation(summary = "Makes a draft; all amounts are computed (BILL-3, BILL-6)")
  @Idempotent
  @PostMapping
  ResponseEntity<DocumentResource> create(@Valid @RequestBody DraftResource body) {
    Checks checks = new Checks();
    references.company(checks, "company", body.company());
    checks.refuse();
    DocumentId draft = drafts.add(body.draft(), body.given(), actor.name()).document().id();
    return ResponseEntity.created(URI.create("/api/documents/" + draft.value()))
        .body(resource(draft));
  }

  private DocumentResource resource(DocumentId id) {
    return DocumentResource.of(documents.load(List.of(id)).get(0), documents.followUps(id));
  }
}
