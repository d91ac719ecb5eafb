package io.facteur.addressing;

import io.facteur.addressing.DocumentAddressing.Change;
import io.facteur.addressing.DocumentAddressing.Given;
import io.facteur.document.DocumentId;
import io.facteur.document.Drafts;
import io.facteur.document.NewDocument;
import io.facteur.party.Refusal;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Makes drafts that are given addresses of their own, which are kept as ADDR-5 and ADDR-6 say. */
@Service
public class AddressedDrafts {

  private final Drafts drafts;
  private final DocumentAddressing addressing;

  AddressedDrafts(Drafts drafts, DocumentAddressing addressing) {
    this.drafts = drafts;
    this.addressing = addressing;
  }

  /**
   * Makes the draft with its addresses, or neither.
   *
   * @throws Refusal if a field of the document or an address is wrong
   */
  @Transactional(isolation = Isolation.READ_COMMITTED)
  public Change add(NewDocument document, List<Given> given, String actor) {
    DocumentId draft = drafts.add(document, actor);
    return given.isEmpty()
        ? new Change(addressing.of(draft), List.of())
        : addressing.change(draft, null, given);
  }
}
