package io.facteur.api;

import io.facteur.api.idempotency.Idempotent;
import io.facteur.contract.Contract;
import io.facteur.contract.Contracts;
import io.facteur.contract.DefinitionId;
import io.facteur.contract.DispatchDefinition;
import io.facteur.contract.DispatchDefinitions;
import io.facteur.contract.IndividualAddresses;
import io.facteur.party.Checks;
import io.facteur.rendering.Templates;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Dispatch definitions over HTTP (DISP-1, DISP-2). */
@RestController
@RequestMapping("/api/contracts/{number}")
@Tag(name = "Contracts")
class DefinitionController {

  private final Contracts contracts;
  private final DispatchDefinitions definitions;
  private final IndividualAddresses individualAddresses;
  private final Templates templates;

  DefinitionController(
      Contracts contracts,
      DispatchDefinitions definitions,
      IndividualAddresses individualAddresses,
      Templates templates) {
    this.contracts = contracts;
    this.definitions = definitions;
    this.individualAddresses = individualAddresses;
    this.templates = templates;
  }

  /** An address that may be used. */
  @Schema(name = "IndividualAddress")
  record Offered(String address, @Schema(description = "Whose it is.") String contact) {}

  @Operation(summary = "Lists the dispatch definitions of a contract")
  @GetMapping("/dispatch-definitions")
  List<DefinitionResource> list(@PathVariable String number) {
    return definitions.ofContract(contracts.get(number).id()).stream()
        .map(DefinitionResource::of)
        .toList();
  }

  @Operation(summary = "Shows a dispatch definition")
  @GetMapping("/dispatch-definitions/{id}")
  ResponseEntity<DefinitionResource> get(@PathVariable String number, @PathVariable long id) {
    return answer(definitions.get(contracts.get(number).id(), new DefinitionId(id)));
  }

  @Operation(
      summary = "Adds a dispatch definition",
      description = "Domain, channel and recipient together are unique in a contract.")
  @Idempotent
  @PostMapping("/dispatch-definitions")
  ResponseEntity<DefinitionResource> create(
      @PathVariable String number, @Valid @RequestBody DefinitionResource body) {
    refuseUnprintable(body);
    Contract contract = contracts.get(number);
    DispatchDefinition saved = definitions.create(body.definition(null, 0, contract.id()));
    URI location =
        URI.create(
            "/api/contracts/" + contract.number() + "/dispatch-definitions/" + saved.id().value());
    return ResponseEntity.created(location)
        .eTag(Versions.etag(saved.version()))
        .body(DefinitionResource.of(saved));
  }

  @Operation(summary = "Replaces a dispatch definition")
  @PutMapping("/dispatch-definitions/{id}")
  ResponseEntity<DefinitionResource> update(
      @PathVariable String number,
      @PathVariable long id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) String ifMatch,
      @Valid @RequestBody DefinitionResource body) {
    refuseUnprintable(body);
    Contract contract = contracts.get(number);
    DispatchDefinition before = definitions.get(contract.id(), new DefinitionId(id));
    int expected = Versions.expected(ifMatch, body.version(), before.version());
    return answer(definitions.update(body.definition(before.id(), expected, contract.id())));
  }

  @Operation(summary = "Removes a dispatch definition; what it has planned or sent stays")
  @DeleteMapping("/dispatch-definitions/{id}")
  ResponseEntity<Void> delete(
      @PathVariable String number,
      @PathVariable long id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) String ifMatch) {
    Contract contract = contracts.get(number);
    DispatchDefinition before = definitions.get(contract.id(), new DefinitionId(id));
    int expected = Versions.expected(ifMatch, null, before.version());
    definitions.delete(contract.id(), before.id(), expected);
    return ResponseEntity.noContent().build();
  }

  @Operation(summary = "Lists the private addresses that a definition may name (DISP-2)")
  @GetMapping("/individual-addresses")
  List<Offered> individualAddresses(@PathVariable String number) {
    return individualAddresses.of(contracts.get(number).id()).stream()
        .map(offered -> new Offered(offered.address().value(), offered.contact()))
        .toList();
  }

  /** A document would fail much later, when it is to be sent. */
  private void refuseUnprintable(DefinitionResource body) {
    Checks checks = new Checks();
    checks.rule(
        body.template() == null || templates.exists(body.template()),
        "template",
        "there is no templates/fo/" + body.template() + ".fo.ftlx");
    checks.refuse();
  }

  private static ResponseEntity<DefinitionResource> answer(DispatchDefinition definition) {
    return ResponseEntity.ok()
        .eTag(Versions.etag(definition.version()))
        .body(DefinitionResource.of(definition));
  }
}
