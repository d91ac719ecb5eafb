package io.facteur.api;

import io.facteur.api.idempotency.Idempotent;
import io.facteur.party.Contacts;
import io.facteur.privacy.ContactExport;
import io.facteur.privacy.Erasure;
import io.facteur.privacy.ErasureOrder;
import io.facteur.privacy.ErasureReport;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What people may ask of their data (GDPR art. 15, 17 and 20). */
@RestController
@RequestMapping("/api/contacts/{code}")
@Tag(name = "Contacts")
class PersonalDataController {

  private final ContactExport export;
  private final Erasure erasure;
  private final Contacts contacts;

  PersonalDataController(ContactExport export, Erasure erasure, Contacts contacts) {
    this.export = export;
    this.erasure = erasure;
    this.contacts = contacts;
  }

  /** Why a contact is erased. */
  @Schema(name = "ErasureRequest")
  record Request(
      @NotBlank
          @Schema(
              description = "For the audit; names neither the contact nor an address.",
              example = "asked for by letter of 3 May 2026")
          String reason,
      @Schema(
              description =
                  "Under which the contact is found afterwards. Needed where its code tells its name.",
              example = "X-1001")
          String newCode) {}

  @Operation(
      summary = "Gives everything that is held of a contact and its people, as one JSON document",
      description = "That it was asked for, and by whom, is recorded.")
  @GetMapping(path = "/export", produces = MediaType.APPLICATION_JSON_VALUE)
  void export(@PathVariable String code, HttpServletResponse response) {
    String known = contacts.get(code).code();
    StreamedAnswer.write(
        response,
        MediaType.APPLICATION_JSON_VALUE,
        "contact-" + known + ".json",
        writer -> export.write(known, writer));
  }

  @Operation(
      summary = "Erases a contact and its people, for good",
      description =
          """
          Refused while something is under way with it. Issued documents stay as law wants them; the
          history of their deliveries stays under pseudonyms. There is no way back.""")
  @Idempotent
  @PostMapping("/erase")
  ResponseEntity<ErasureReport> erase(@PathVariable String code, @Valid @RequestBody Request body) {
    return ResponseEntity.ok(erasure.erase(new ErasureOrder(code, body.reason(), body.newCode())));
  }
}
