package io.facteur.api;

import static io.facteur.api.ContractResources.shortest;

import io.facteur.party.Companies;
import io.facteur.party.Company;
import io.facteur.party.ExchangeRates;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What foreign currencies are worth to a company, over HTTP (EN 16931 BT-111). */
@RestController
@RequestMapping("/api/companies/{code}/exchange-rates")
@Tag(name = "Companies")
class ExchangeRateController {

  private final Companies companies;
  private final ExchangeRates rates;

  ExchangeRateController(Companies companies, ExchangeRates rates) {
    this.companies = companies;
    this.rates = rates;
  }

  /** A rate in JSON. */
  @Schema(name = "ExchangeRate")
  record Rate(
      @NotBlank @Schema(description = "ISO 4217; not the company's own.", example = "USD")
          String currency,
      @NotNull @Schema(description = "Until a later rate begins.") LocalDate validFrom,
      @NotNull
          @Schema(
              description = "Units of the company's currency for one of this; at most 8 decimals.",
              example = "0.9215")
          BigDecimal rate) {}

  @Operation(summary = "Lists a company's exchange rates", description = "By currency and day.")
  @GetMapping
  List<Rate> list(@PathVariable String code) {
    return rates.list(companies.get(code).id()).stream()
        .map(
            one ->
                new Rate(one.currency().getCurrencyCode(), one.validFrom(), shortest(one.rate())))
        .toList();
  }

  @Operation(
      summary = "Sets the rate of a currency from a day on",
      description =
          "Replaces the one of that very day. Documents that exist keep the rate that they have.")
  @PutMapping
  ResponseEntity<Rate> put(@PathVariable String code, @Valid @RequestBody Rate body) {
    Company company = companies.get(code);
    boolean isNew = rates.put(company, body.currency(), body.validFrom(), body.rate());
    return ResponseEntity.status(isNew ? HttpStatus.CREATED : HttpStatus.OK).body(body);
  }

  @Operation(summary = "Takes a rate away; documents that exist keep the rate that they have")
  @DeleteMapping("/{currency}/{validFrom}")
  ResponseEntity<Void> delete(
      @PathVariable String code, @PathVariable String currency, @PathVariable LocalDate validFrom) {
    rates.remove(companies.get(code), currency, validFrom);
    return ResponseEntity.noContent().build();
  }
}
