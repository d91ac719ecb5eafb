package io.facteur.api;

import io.facteur.addressing.AddressedDocument;
import io.facteur.addressing.DocumentAddressing;
import io.facteur.addressing.DocumentAddressing.Given;
import io.facteur.api.DocumentAddressesResource.Answer;
import io.facteur.api.DocumentAddressesResource.Changed;
import io.facteur.document.DocumentHead;
import io.facteur.document.Documents;
import io.facteur.party.Checks;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** E-mail addresses of documents over HTTP (ADDR-3, ADDR-5, ADDR-6). */
@RestController
@RequestMapping("/api/documents/{number}/addresses")
@Tag(name = "Documents")
class DocumentAddressController {

  private final Documents documents;
  private final DocumentAddressing addressing;

  DocumentAddressController(Documents documents, DocumentAddressing addressing) {
    this.documents = documents;
    this.addressing = addressing;
  }

  @Operation(
      summary = "Shows to whom a document is mailed, in each of its roles, and why (ADDR-3)",
      description = "As it would be now; who got it is in its deliveries.")
  @GetMapping
  ResponseEntity<Answer> show(@PathVariable String number) {
    return answer(addressing.of(documents.get(number).id()), null);
  }

  @Operation(
      summary = "Changes e-mail addresses of a draft or an issued document",
      description =
          "What is left out stays. The answer says what was changed, where it is kept, and which"
              + " other documents keep the address of before (ADDR-6).")
  @PutMapping
  ResponseEntity<Answer> change(
      @PathVariable String number,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) String ifMatch,
      @Valid @RequestBody Changed body) {
    DocumentHead document = documents.get(number);
    Checks checks = new Checks();
    List<Given> given = body.given(checks, document.type());
    checks.refuse();
    DocumentAddressing.Change change =
        addressing.change(document.id(), Versions.expectedTag(ifMatch), given);
    return answer(change.document(), AddressChangeResource.of(change.effects()));
  }

  @Operation(
      summary = "Lets a document follow its contacts again",
      description = "What was set on it by hand, inherited or kept is taken back.")
  @DeleteMapping
  ResponseEntity<Answer> follow(
      @PathVariable String number,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) String ifMatch) {
    return answer(
        addressing.follow(documents.get(number).id(), Versions.expectedTag(ifMatch)), null);
  }

  private static ResponseEntity<Answer> answer(
      AddressedDocument document, List<AddressChangeResource> changes) {
    return ResponseEntity.ok()
        .eTag("\"" + document.tag() + "\"")
        .body(DocumentAddressesResource.of(document, changes));
  }
}
