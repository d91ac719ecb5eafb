package io.facteur.contract;

import io.facteur.party.AuditLog;
import io.facteur.party.Checks;
import io.facteur.party.Contact;
import io.facteur.party.Contacts;
import io.facteur.party.Listing;
import io.facteur.party.Page;
import io.facteur.party.Paging;
import io.facteur.party.Refusal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Contracts with their lines and billing schedules (BILL-1). */
@Service
public class Contracts {

  private static final Map<String, String> SORTABLE =
      Map.of("number", "c.number", "start", "c.start_date", "end", "c.end_date");

  private final ContractRows rows;
  private final DefinitionRows definitions;
  private final JdbcClient jdbc;
  private final Contacts contacts;
  private final AuditLog audit;

  Contracts(
      ContractRows rows,
      DefinitionRows definitions,
      JdbcClient jdbc,
      Contacts contacts,
      AuditLog audit) {
    this.rows = rows;
    this.definitions = definitions;
    this.jdbc = jdbc;
    this.contacts = contacts;
    this.audit = audit;
  }

  /**
   * The contract of that number.
   *
   * @throws Refusal if there is no such contract
   */
  public Contract get(String number) {
    return byNumber(number).orElseThrow(() -> Refusal.notFound("contract", number));
  }

  public Optional<Contract> byNumber(String number) {
    return byNumbers(List.of(number)).stream().findFirst();
  }

  /** In order of their numbers; unknown ones are left out. Three queries, whatever the number. */
  public List<Contract> byNumbers(Collection<String> numbers) {
    return numbers.isEmpty() ? List.of() : byIds(rows.idsByNumbers(numbers));
  }

  /**
   * Without lines, allowances and pauses; unknown numbers are left out. One query, whatever the
   * number.
   */
  public List<Contract> headsByNumbers(Collection<String> numbers) {
    return numbers.isEmpty() ? List.of() : rows.headsByNumbers(numbers);
  }

  /** In order of their numbers; unknown ids are left out. Two queries, whatever the number. */
  public List<Contract> byIds(Collection<ContractId> ids) {
    return rows.byIds(ids);
  }

  /**
   * Locks contracts, as whoever changes or bills them does, and reads them: what was known of them
   * before may be out of date.
   *
   * @param waiting whether to wait for those that somebody else has locked, or to leave them out
   * @return in the order of their ids
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Contract> lock(Collection<ContractId> ids, boolean waiting) {
    return byIds(rows.lock(ids, waiting)).stream()
        .sorted(Comparator.comparingLong(contract -> contract.id().value()))
        .toList();
  }

  public Page<Contract> list(ContractFilter filter, Paging paging) {
    Page<ContractId> page =
        new Listing("contract c", "c.number", SORTABLE)
            .ofCompanies(filter.companies(), "c.company_id")
            .where(
                "(c.contracting_party_id = :contact OR c.delivery_address_id = :contact)",
                "contact",
                filter.contact() == null ? null : filter.contact().value())
            .where(
                "c.start_date <= :day AND (c.end_date IS NULL OR c.end_date >= :day)",
                "day",
                filter.activeOn())
            .page(jdbc, "c.id", paging, (row, i) -> new ContractId(row.getLong("id")));
    Map<ContractId, Contract> found = new HashMap<>();
    byIds(page.items()).forEach(contract -> found.put(contract.id(), contract));
    return page.map(found::get);
  }

  /** The dispatch definitions of all of these contracts. One query, whatever the number. */
  public List<DispatchDefinition> definitions(Collection<ContractId> contracts) {
    return contracts.isEmpty() ? List.of() : definitions.ofContracts(contracts);
  }

  /**
   * Adds a contract.
   *
   * @throws Refusal if a value is wrong or the number is taken
   */
  @Transactional
  public Contract create(Contract contract) {
    check(contract);
    try {
      rows.insert(contract);
    } catch (DuplicateKeyException e) {
      throw Refusal.conflict("number", "there is already a contract '" + contract.number() + "'");
    }
    Contract saved = get(contract.number());
    audit.record("contract.create", "contract:" + saved.number(), null, saved);
    return saved;
  }

  /**
   * Replaces everything but id, company and number. Definitions stay as they are.
   *
   * @throws Refusal if a value is wrong, or its version is not the current one
   */
  @Transactional
  public Contract update(Contract contract) {
    Contract before = get(contract.number());
    if (!before.company().equals(contract.company())) {
      throw Refusal.invalid("company", "a contract stays with its company");
    }
    check(contract);
    if (!rows.update(contract)) {
      throw Refusal.stale("contract", contract.number(), contract.version());
    }
    Contract saved = get(contract.number());
    audit.record("contract.change", "contract:" + saved.number(), before, saved);
    return saved;
  }

  private void check(Contract contract) {
    ContractRules.check(contract);
    var parties = new ArrayList<>(List.of(contract.contractingParty()));
    if (contract.deliveryAddress() != null) {
      parties.add(contract.deliveryAddress());
    }
    Checks checks = new Checks();
    for (Contact contact : contacts.byIds(parties)) {
      String field =
          contact.id().equals(contract.contractingParty()) ? "contractingParty" : "deliveryAddress";
      String name = "contact '" + contact.code() + "' ";
      checks
          .rule(
              contact.company().equals(contract.company()),
              field,
              name + "belongs to another company")
          .rule(!contact.erased(), field, name + "is erased: choose another");
    }
    checks.refuse();
  }
}
