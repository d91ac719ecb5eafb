package io.facteur.contract;

import io.facteur.party.AuditLog;
import io.facteur.party.Checks;
import io.facteur.party.EmailAddress;
import io.facteur.party.Refusal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The ways in which each contract's documents go out (DISP-1, DISP-2). */
@Service
public class DispatchDefinitions {

  private final DefinitionRows rows;
  private final IndividualAddresses individualAddresses;
  private final ChannelCatalogue channels;
  private final DocumentFormats formats;
  private final AuditLog audit;

  DispatchDefinitions(
      DefinitionRows rows,
      IndividualAddresses individualAddresses,
      ChannelCatalogue channels,
      DocumentFormats formats,
      AuditLog audit) {
    this.rows = rows;
    this.individualAddresses = individualAddresses;
    this.channels = channels;
    this.formats = formats;
    this.audit = audit;
  }

  public List<DispatchDefinition> ofContract(ContractId contract) {
    return rows.ofContract(contract);
  }

  /** Unknown ids are left out. */
  public List<DispatchDefinition> byIds(Collection<DefinitionId> ids) {
    return ids.isEmpty() ? List.of() : rows.byIds(ids);
  }

  /**
   * One definition of a contract.
   *
   * @throws Refusal if that contract has no such definition
   */
  public DispatchDefinition get(ContractId contract, DefinitionId id) {
    return byIds(List.of(id)).stream()
        .filter(definition -> definition.contract().equals(contract))
        .findFirst()
        .orElseThrow(() -> Refusal.notFound("dispatch definition", String.valueOf(id.value())));
  }

  /**
   * Adds a definition.
   *
   * @throws Refusal if a value is wrong, no route carries it, or the contract has one of the same
   *     domain, channel and recipient
   */
  @Transactional
  public DispatchDefinition create(DispatchDefinition definition) {
    check(definition);
    DefinitionId id;
    try {
      id = rows.insert(definition);
    } catch (DuplicateKeyException e) {
      throw twice(definition, other(definition).orElse(null));
    }
    DispatchDefinition saved = get(definition.contract(), id);
    audit.record("definition.create", subject(saved), null, saved);
    return saved;
  }

  /**
   * Replaces everything but id and contract.
   *
   * @throws Refusal as for {@link #create}, or if its version is not the current one
   */
  @Transactional
  public DispatchDefinition update(DispatchDefinition definition) {
    DispatchDefinition before = get(definition.contract(), definition.id());
    check(definition);
    boolean current;
    try {
      current = rows.update(definition);
    } catch (DuplicateKeyException e) {
      throw twice(definition, other(definition).orElse(null));
    }
    if (!current) {
      throw stale(definition.id(), definition.version());
    }
    DispatchDefinition saved = get(definition.contract(), definition.id());
    audit.record("definition.change", subject(saved), before, saved);
    return saved;
  }

  /**
   * Removes a definition; what it has already sent or planned stays.
   *
   * @throws Refusal if there is no such definition, or the version is not the current one
   */
  @Transactional
  public void delete(ContractId contract, DefinitionId id, int version) {
    DispatchDefinition before = get(contract, id);
    if (!rows.delete(id, version)) {
      throw stale(id, version);
    }
    audit.record("definition.delete", subject(before), before, null);
  }

  private void check(DispatchDefinition definition) {
    Checks checks = new Checks();
    checks
        .required("domain", definition.domain())
        .required("channel", definition.channel())
        .required("role", definition.role())
        .code("format", definition.format(), 20)
        .language("language", definition.language())
        .code("template", definition.template(), 60)
        .rule(
            definition.validFrom() == null
                || definition.validTo() == null
                || !definition.validTo().isBefore(definition.validFrom()),
            "validTo",
            "must not be before validFrom");
    checks.refuse();
    checks.rule(
        definition.format() == null || formats.isFormat(definition.format()),
        "format",
        "'%s' is no document format; there are %s"
            .formatted(definition.format(), String.join(", ", formats.names())));
    checkRoute(checks, definition);
    checkRecipient(checks, definition);
    checks.refuse();
    other(definition)
        .ifPresent(
            other -> {
              throw twice(definition, other);
            });
  }

  private void checkRoute(Checks checks, DispatchDefinition definition) {
    String channel = definition.channel();
    if (!channels.channels().contains(channel)) {
      checks.problem(
          "channel",
          "there is no channel '%s'; the routes have %s"
              .formatted(channel, String.join(", ", new TreeSet<>(channels.channels()))));
    } else if (!channels.hasRoute(definition.domain(), channel, definition.role())) {
      checks.problem(
          "channel",
          "no route carries %s through %s to %s: choose another channel or role, or add the route"
              .formatted(definition.domain(), channel, definition.role()));
    }
  }

  private void checkRecipient(Checks checks, DispatchDefinition definition) {
    EmailAddress address = definition.individualAddress();
    if (definition.role() != Role.INDIVIDUAL) {
      checks.rule(address == null, "address", "only the role INDIVIDUAL has its own address");
      return;
    }
    if (address == null) {
      checks.problem("address", "is required for the role INDIVIDUAL");
      return;
    }
    checks.rule(
        individualAddresses.of(definition.contract()).stream()
            .anyMatch(offered -> offered.address().sameMailboxAs(address)),
        "address",
        "is no private e-mail place of this contract's contacts (DISP-2): mark it PRIVATE there"
            + " first, choose another, or remove the definition");
  }

  private Optional<DispatchDefinition> other(DispatchDefinition definition) {
    return rows.ofContract(definition.contract()).stream()
        .filter(
            other ->
                !other.id().equals(definition.id())
                    && other.domain() == definition.domain()
                    && other.channel().equals(definition.channel())
                    && other.role() == definition.role()
                    && sameMailbox(other.individualAddress(), definition.individualAddress()))
        .findFirst();
  }

  private static boolean sameMailbox(EmailAddress one, EmailAddress other) {
    return one == null ? other == null : one.sameMailboxAs(other);
  }

  private Refusal twice(DispatchDefinition definition, DispatchDefinition other) {
    String which = other == null ? "another definition" : "definition " + other.id().value();
    return Refusal.conflict(
        definition.role() == Role.INDIVIDUAL ? "address" : "role",
        "%s already sends %s through %s to this recipient (DISP-1): change or remove that one"
            .formatted(which, definition.domain(), definition.channel()));
  }

  private static Refusal stale(DefinitionId id, int version) {
    return Refusal.stale("dispatch definition", String.valueOf(id.value()), version);
  }

  private static String subject(DispatchDefinition definition) {
    return "definition:" + definition.id().value();
  }
}
