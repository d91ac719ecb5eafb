package io.facteur.api;

import io.facteur.api.idempotency.Idempotent;
import io.facteur.party.Checks;
import io.facteur.party.Companies;
import io.facteur.party.Company;
import io.facteur.party.Refusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Companies over HTTP. */
@RestController
@RequestMapping("/api/companies")
@Tag(name = "Companies", description = "Issuers of documents.")
class CompanyController {

  private final Companies companies;
  private final References references;

  CompanyController(Companies companies, References references) {
    this.companies = companies;
    this.references = references;
  }

  @Operation(summary = "Lists companies", description = "Sorted by code or name.")
  @GetMapping
  PageResource<CompanyResource> list(@Valid @ParameterObject ListQuery query) {
    return PageResource.of(
        companies
            .list(references.companies(new Checks(), "company", null), query.paging())
            .map(CompanyResource::of));
  }

  @Operation(summary = "Shows a company")
  @GetMapping("/{code}")
  ResponseEntity<CompanyResource> get(@PathVariable String code) {
    return answer(companies.get(code));
  }

  @Operation(summary = "Adds a company")
  @Idempotent
  @PostMapping
  ResponseEntity<CompanyResource> create(@Valid @RequestBody CompanyResource body) {
    Company saved = companies.create(body.company(null, 0, body.code()));
    return ResponseEntity.created(URI.create("/api/companies/" + saved.code()))
        .eTag(Versions.etag(saved.version()))
        .body(CompanyResource.of(saved));
  }

  @Operation(summary = "Replaces a company; its code stays")
  @PutMapping("/{code}")
  ResponseEntity<CompanyResource> update(
      @PathVariable String code,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) String ifMatch,
      @Valid @RequestBody CompanyResource body) {
    Company before = companies.get(code);
    if (body.code() != null && !body.code().equals(code)) {
      throw Refusal.invalid("code", "a code stays as it is: leave it out or repeat it");
    }
    int expected = Versions.expected(ifMatch, body.version(), before.version());
    return answer(companies.update(body.company(before.id(), expected, code)));
  }

  private static ResponseEntity<CompanyResource> answer(Company company) {
    return ResponseEntity.ok()
        .eTag(Versions.etag(company.version()))
        .body(CompanyResource.of(company));
  }
}
