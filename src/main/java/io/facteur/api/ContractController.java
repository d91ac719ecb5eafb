package io.facteur.api;

import io.facteur.api.idempotency.Idempotent;
import io.facteur.contract.Contract;
import io.facteur.contract.ContractFilter;
import io.facteur.contract.Contracts;
import io.facteur.party.Checks;
import io.facteur.party.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.time.LocalDate;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Contracts over HTTP. */
@RestController
@RequestMapping("/api/contracts")
@Tag(name = "Contracts", description = "What is billed to whom, how often, and how it goes out.")
class ContractController {

  private final Contracts contracts;
  private final ContractResources resources;
  private final References references;

  ContractController(Contracts contracts, ContractResources resources, References references) {
    this.contracts = contracts;
    this.resources = resources;
    this.references = references;
  }

  @Operation(summary = "Lists contracts", description = "Sorted by number, start or end.")
  @GetMapping
  PageResource<ContractResource> list(
      @Parameter(description = "Code of a company.") @RequestParam(required = false) String company,
      @Parameter(description = "Code of a contact in any role.") @RequestParam(required = false)
          String contact,
      @Parameter(description = "A day on which it runs.") @RequestParam(required = false)
          LocalDate activeOn,
      @Valid @ParameterObject ListQuery query) {
    Checks checks = new Checks();
    var filter =
        new ContractFilter(
            references.companies(checks, "company", company),
            references.contact(checks, "contact", contact),
            activeOn);
    checks.refuse();
    Page<Contract> page = contracts.list(filter, query.paging());
    return PageResource.of(
        new Page<>(resources.of(page.items()), page.page(), page.size(), page.total()));
  }

  @Operation(summary = "Shows a contract with its schedule and lines")
  @GetMapping("/{number}")
  ResponseEntity<ContractResource> get(@PathVariable String number) {
    return answer(contracts.get(number));
  }

  @Operation(summary = "Adds a contract")
  @Idempotent
  @PostMapping
  ResponseEntity<ContractResource> create(@Valid @RequestBody ContractResource body) {
    Contract saved = contracts.create(resources.created(body));
    return ResponseEntity.created(URI.create("/api/contracts/" + saved.number()))
        .eTag(Versions.etag(saved.version()))
        .body(resources.of(saved));
  }

  @Operation(summary = "Replaces a contract; number, company and dispatch definitions stay")
  @PutMapping("/{number}")
  ResponseEntity<ContractResource> update(
      @PathVariable String number,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) String ifMatch,
      @Valid @RequestBody ContractResource body) {
    Contract before = contracts.get(number);
    int expected = Versions.expected(ifMatch, body.version(), before.version());
    return answer(contracts.update(resources.changed(body, before, expected)));
  }

  private ResponseEntity<ContractResource> answer(Contract contract) {
    return ResponseEntity.ok().eTag(Versions.etag(contract.version())).body(resources.of(contract));
  }
}
