package io.facteur.document;

import io.facteur.contract.Contract;
import io.facteur.contract.Contracts;
import io.facteur.party.Checks;
import io.facteur.party.Companies;
import io.facteur.party.Company;
import io.facteur.party.Contact;
import io.facteur.party.ContactId;
import io.facteur.party.Contacts;
import io.facteur.party.ExchangeRates;
import io.facteur.party.Refusal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes drafts (BILL-6): checks what is given, completes it from contract, contact and company,
 * computes all amounts and saves it. However many drafts are made at once, the number of statements
 * stays the same.
 */
@Service
public class Drafts {

  private final Companies companies;
  private final Contacts contacts;
  private final Contracts contracts;
  private final Predecessors predecessors;
  private final DraftRows rows;
  private final HandMadeDrafts handMade;
  private final ExchangeRates rates;
  private final Clock clock;

  Drafts(
      Companies companies,
      Contacts contacts,
      Contracts contracts,
      Predecessors predecessors,
      DraftRows rows,
      HandMadeDrafts handMade,
      ExchangeRates rates,
      Clock clock) {
    this.companies = companies;
    this.contacts = contacts;
    this.contracts = contracts;
    this.predecessors = predecessors;
    this.rows = rows;
    this.handMade = handMade;
    this.rates = rates;
    this.clock = clock;
  }

  /**
   * Checks a document as far as that is possible without looking anything up.
   *
   * @throws Refusal naming every field that is wrong
   */
  public static void check(NewDocument draft) {
    checkEach(List.of(draft), DraftRules::checkFields);
    checkEach(List.of(draft), DraftRules::checkAmounts);
  }

  /**
   * Makes one draft.
   *
   * @throws Refusal naming every field that is wrong, or the document that stands in its way
   */
  @Transactional(isolation = Isolation.READ_COMMITTED)
  public DocumentId add(NewDocument draft, String actor) {
    return addAll(List.of(draft), null, actor).get(0);
  }

  /**
   * Makes all of the drafts or none.
   *
   * @param run that makes them; null if none does
   * @return their ids in the order given
   * @throws Refusal naming every field that is wrong; of more than one draft the fields begin with
   *     {@code documents[i].}
   */
  @Transactional(isolation = Isolation.READ_COMMITTED)
  public List<DocumentId> add(List<NewDocument> drafts, RunId run, String actor) {
    return drafts.isEmpty() ? List.of() : addAll(drafts, run, actor);
  }

  /**
   * Chooses where drafts will be printed (BILL-6). Of an issued document nothing changes any more.
   *
   * @throws Refusal if that is no name of a queue
   */
  @Transactional
  public void choosePrintQueue(Collection<DocumentId> chosen, String printQueue) {
    Checks checks = new Checks();
    checks.required("printQueue", printQueue).code("printQueue", printQueue, 40);
    checks.refuse();
    rows.choosePrintQueue(chosen, printQueue);
  }

  /**
   * Checks and computes drafts as {@link #add} would, without making them.
   *
   * @return in the order given
   * @throws Refusal as {@link #add} does
   */
  public List<ComputedDraft> compute(List<NewDocument> drafts) {
    return drafts.isEmpty()
        ? List.of()
        : completed(drafts).stream().map(ComputedDraft::of).toList();
  }

  private List<DocumentId> addAll(List<NewDocument> drafts, RunId run, String actor) {
    List<DraftRows.Row> completed = completed(drafts);
    return rows.insert(run == null ? handMade.admitted(completed) : completed, run, actor);
  }

  private List<DraftRows.Row> completed(List<NewDocument> drafts) {
    checkEach(drafts, DraftRules::checkFields);
    checkEach(drafts, DraftRules::checkAmounts);
    Lookups lookups = lookUp(drafts);
    checkEach(drafts, lookups::check);
    return drafts.stream().map(lookups::complete).toList();
  }

  private static void checkEach(List<NewDocument> drafts, BiConsumer<Checks, NewDocument> rules) {
    Checks checks = new Checks();
    for (int i = 0; i < drafts.size(); i++) {
      rules.accept(drafts.size() == 1 ? checks : checks.of("documents[" + i + "]"), drafts.get(i));
    }
    checks.refuse();
  }

  private Lookups lookUp(List<NewDocument> drafts) {
    List<Predecessor> preceding =
        predecessors.byNumbers(given(drafts, NewDocument::precedingDocument));
    Set<String> contractNumbers = given(drafts, NewDocument::contract);
    contractNumbers.addAll(given(preceding, Predecessor::contract));
    var foundContracts = contracts.headsByNumbers(contractNumbers);
    Set<ContactId> contactIds = given(foundContracts, Contract::contractingParty);
    contactIds.addAll(given(foundContracts, Contract::deliveryAddress));
    contactIds.addAll(given(preceding, Predecessor::contact));
    contactIds.addAll(given(preceding, Predecessor::deliveryContact));
    Set<String> contactCodes = given(drafts, NewDocument::contact);
    contactCodes.addAll(given(drafts, NewDocument::deliveryContact));
    List<Company> foundCompanies = companies.byCodes(given(drafts, NewDocument::company));
    return new Lookups(
        foundCompanies,
        Stream.concat(parties(drafts, contactIds).stream(), contacts.byCodes(contactCodes).stream())
            .toList(),
        foundContracts,
        preceding,
        rates.of(foundCompanies.stream().map(Company::id).toList()),
        company -> LocalDate.now(clock.withZone(company.timeZone())));
  }

  /** With their addresses only where a letter names them. */
  private List<Contact> parties(List<NewDocument> drafts, Set<ContactId> ids) {
    return drafts.stream().anyMatch(draft -> draft.type() == DocumentType.LETTER)
        ? contacts.byIds(ids)
        : contacts.partiesByIds(ids);
  }

  private static <S, T> Set<T> given(Collection<S> things, Function<S, T> field) {
    return things.stream().map(field).filter(Objects::nonNull).collect(Collectors.toSet());
  }

  /** Puts a draft into a run, so that the run's report speaks of it as well. */
  public void joinRun(DocumentId draft, RunId run) {
    rows.joinRun(draft, run);
  }

  /** Makes them drafts of no run, which are issued or discarded one by one. */
  public void leaveRun(Collection<DocumentId> drafts) {
    rows.leaveRun(drafts);
  }
}
