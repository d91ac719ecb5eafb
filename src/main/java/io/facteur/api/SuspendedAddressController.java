package io.facteur.api;

import io.facteur.api.idempotency.Idempotent;
import io.facteur.party.AddressEntry;
import io.facteur.party.Checks;
import io.facteur.party.CompanyId;
import io.facteur.party.EmailAddress;
import io.facteur.party.Page;
import io.facteur.party.SuspendedAddress;
import io.facteur.party.SuspendedAddressId;
import io.facteur.party.SuspendedAddresses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Suspended addresses over HTTP (DISP-5). */
@RestController
@RequestMapping("/api/suspended-addresses")
@Tag(name = "Suspended addresses", description = "Addresses that nothing is mailed to.")
class SuspendedAddressController {

  private final SuspendedAddresses suspended;
  private final References references;

  SuspendedAddressController(SuspendedAddresses suspended, References references) {
    this.suspended = suspended;
    this.references = references;
  }

  /** A suspended address in JSON. */
  @Schema(name = "SuspendedAddress")
  record Suspension(
      long id, String company, String address, String reason, Instant since, String by) {

    private static Suspension of(SuspendedAddress one, Map<CompanyId, String> companies) {
      return new Suspension(
          one.id().value(),
          companies.get(one.company()),
          one.address().value(),
          one.reason(),
          one.since(),
          one.by());
    }
  }

  /** An address that is to be suspended. */
  record NewSuspension(
      @NotBlank @Schema(description = "Code of a company.", example = "EDL") String company,
      @NotBlank @Schema(example = "jane@dupont.example") String address,
      @NotBlank
          @Schema(
              description = "Why; without addresses, since deliveries show it.",
              example = "mailbox unknown")
          String reason) {}

  @Operation(summary = "Lists suspended addresses", description = "Sorted by address, since or id.")
  @GetMapping
  PageResource<Suspension> list(
      @Parameter(description = "Code of a company.") @RequestParam(required = false) String company,
      @Parameter(description = "In any case.") @RequestParam(required = false) String address,
      @Valid @ParameterObject ListQuery query) {
    Checks checks = new Checks();
    Set<CompanyId> wanted = references.companies(checks, "company", company);
    EmailAddress mailbox = AddressEntry.one(checks, "address", address);
    checks.refuse();
    Page<SuspendedAddress> page = suspended.list(wanted, mailbox, query.paging());
    Map<CompanyId, String> companies = companies(page.items());
    return PageResource.of(page.map(one -> Suspension.of(one, companies)));
  }

  @Operation(summary = "Shows a suspended address")
  @GetMapping("/{id}")
  Suspension get(@PathVariable long id) {
    return resource(suspended.get(new SuspendedAddressId(id)));
  }

  @Operation(
      summary = "Suspends an address: nothing of the company is mailed to it any more",
      description = "Deliveries that have not begun leave it out as well.")
  @Idempotent
  @PostMapping
  ResponseEntity<Suspension> suspend(@Valid @RequestBody NewSuspension body) {
    Checks checks = new Checks();
    CompanyId company = references.company(checks, "company", body.company());
    EmailAddress address = AddressEntry.one(checks, "address", body.address());
    checks.refuse();
    SuspendedAddress saved = suspended.suspend(company, address, body.reason());
    return ResponseEntity.created(URI.create("/api/suspended-addresses/" + saved.id().value()))
        .body(resource(saved));
  }

  @Operation(summary = "Lifts a suspension")
  @DeleteMapping("/{id}")
  ResponseEntity<Void> lift(@PathVariable long id) {
    suspended.lift(new SuspendedAddressId(id));
    return ResponseEntity.noContent().build();
  }

  private Suspension resource(SuspendedAddress one) {
    return Suspension.of(one, companies(List.of(one)));
  }

  private Map<CompanyId, String> companies(List<SuspendedAddress> some) {
    return references.companyCodes(some.stream().map(SuspendedAddress::company).toList());
  }
}
