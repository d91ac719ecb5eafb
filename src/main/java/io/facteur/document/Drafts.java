package io.facteur.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes drafts (BILL-6): checks what is given, completes it from contract, contact and company,
 * computes all amounts and saves it. However many drafts are made at once, the number of statements
 * stays the same: four that read, three batches that write.
 */
@Component
public class Drafts {

  private final MasterData masterData;
  private final DraftRows rows;
  private final JdbcClient jdbc;

  Drafts(MasterData masterData, DraftRows rows, JdbcClient jdbc) {
    this.masterData = masterData;
    this.rows = rows;
    this.jdbc = jdbc;
  }

  /**
   * What is wrong with the document as far as it can be seen without looking anything up; empty if
   * nothing is.
   */
  public static List<FieldError> faults(NewDocument document) {
    return DraftRules.faults(document);
  }

  /**
   * Makes one draft.
   *
   * @throws InvalidDocumentException naming every field that is wrong
   */
  @Transactional
  public DocumentId add(NewDocument draft, String actor) {
    return addAll(List.of(draft), null, actor).get(0);
  }

  /**
   * Makes all of the drafts or none.
   *
   * @param run that makes them; null if none does
   * @return their ids in the order given
   * @throws InvalidDocumentException naming every field that is wrong; with more than one draft the
   *     fields begin with {@code documents[i].}
   */
  @Transactional
  public List<DocumentId> add(List<NewDocument> drafts, RunId run, String actor) {
    return drafts.isEmpty() ? List.of() : addAll(drafts, run, actor);
  }

  private List<DocumentId> addAll(List<NewDocument> drafts, RunId run, String actor) {
    refuse(drafts, draft -> DraftRules.faults(draft));
    Lookups lookups = lookUp(drafts);
    refuse(drafts, lookups::faults);
    return rows.insert(drafts.stream().map(lookups::complete).toList(), run, actor);
  }

  private static void refuse(
      List<NewDocument> drafts, Function<NewDocument, List<FieldError>> faults) {
    List<FieldError> errors = new ArrayList<>();
    for (int i = 0; i < drafts.size(); i++) {
      String prefix = drafts.size() == 1 ? "" : "documents[" + i + "].";
      for (FieldError fault : faults.apply(drafts.get(i))) {
        errors.add(new FieldError(prefix + fault.field(), fault.message()));
      }
    }
    if (!errors.isEmpty()) {
      throw new InvalidDocumentException(errors);
    }
  }

  private Lookups lookUp(List<NewDocument> drafts) {
    Map<String, MasterData.Contract> contracts =
        masterData.contractsByNumber(given(drafts, NewDocument::contract));
    Set<Long> contactsOfContracts =
        contracts.values().stream()
            .flatMap(contract -> Stream.of(contract.contractingParty(), contract.deliveryAddress()))
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    Set<String> contactCodes =
        Stream.concat(
                given(drafts, NewDocument::contact).stream(),
                given(drafts, NewDocument::deliveryContact).stream())
            .collect(Collectors.toSet());
    return new Lookups(
        masterData.companiesByCode(given(drafts, NewDocument::company)),
        masterData.contacts(contactCodes, contactsOfContracts),
        contracts,
        preceding(given(drafts, NewDocument::precedingDocument)));
  }

  private Map<String, Lookups.Preceding> preceding(Set<String> numbers) {
    Map<String, Lookups.Preceding> found = new HashMap<>();
    if (!numbers.isEmpty()) {
      jdbc.sql("SELECT id, company_id, type, number FROM document WHERE number IN (:numbers)")
          .param("numbers", numbers)
          .query(
              row -> {
                found.put(
                    row.getString("number"),
                    new Lookups.Preceding(
                        row.getLong("id"),
                        row.getLong("company_id"),
                        DocumentType.valueOf(row.getString("type"))));
              });
    }
    return found;
  }

  private static Set<String> given(List<NewDocument> drafts, Function<NewDocument, String> field) {
    return drafts.stream().map(field).filter(Objects::nonNull).collect(Collectors.toSet());
  }
}
