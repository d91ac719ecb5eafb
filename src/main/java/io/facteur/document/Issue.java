package io.facteur.document;

import io.facteur.party.Companies;
import io.facteur.party.Company;
import io.facteur.party.CompanyId;
import io.facteur.party.Contact;
import io.facteur.party.ContactId;
import io.facteur.party.Contacts;
import io.facteur.party.Refusal;
import io.facteur.party.StoredJson;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Issues drafts (BILL-6): numbers them without gaps (BILL-3), freezes seller, buyer and delivery
 * party as the master data has them now (but for addresses of their own), and sets issue and due
 * date. From then on the database refuses every change.
 *
 * <p>Works inside the caller's transaction, which also plans the deliveries. It ends with the lock
 * of the number series, which every other issuing of that company and type waits for: do little
 * after it, and commit soon. The number of statements does not depend on that of documents.
 */
@Service
public class Issue {

  private record Draft(
      DocumentId id,
      CompanyId company,
      DocumentType type,
      int paymentDays,
      BigDecimal payable,
      ContactId contact,
      ContactId deliveryContact,
      OwnAddresses own) {}

  private record SeriesKey(CompanyId company, String series) {
    private static SeriesKey of(Draft draft) {
      return new SeriesKey(draft.company(), NumberSeries.of(draft.type()));
    }
  }

  private final Companies companies;
  private final Contacts contacts;
  private final NumberSeriesRows series;
  private final JdbcClient jdbc;
  private final JdbcTemplate batches;

  Issue(
      Companies companies,
      Contacts contacts,
      NumberSeriesRows series,
      JdbcClient jdbc,
      JdbcTemplate batches) {
    this.companies = companies;
    this.contacts = contacts;
    this.series = series;
    this.jdbc = jdbc;
    this.batches = batches;
  }

  /**
   * Issues all of the drafts or none, numbered in the order given.
   *
   * @param issueDate in the company's time zone; where a series has a later document of the same
   *     year, that one's date is taken (BILL-3: dates never fall)
   * @throws Refusal if one of them does not exist or is issued already
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<IssuedDocument> issue(
      Collection<DocumentId> documents, LocalDate issueDate, String actor) {
    if (documents.isEmpty()) {
      return List.of();
    }
    List<Draft> drafts = lockDrafts(documents);
    Map<CompanyId, Company> sellers =
        byKey(
            companies.byIds(drafts.stream().map(Draft::company).distinct().toList()), Company::id);
    Map<ContactId, Contact> parties = byKey(parties(drafts), Contact::id);
    Map<SeriesKey, NumberSeriesRows.Numbers> numbers = lockSeries(drafts, issueDate);
    List<IssuedDocument> issued = new ArrayList<>(drafts.size());
    List<Object[]> values = new ArrayList<>(drafts.size());
    for (Draft draft : drafts) {
      Company seller = sellers.get(draft.company());
      NumberSeriesRows.Numbers next = numbers.get(SeriesKey.of(draft));
      long sequence = next.next();
      issued.add(issued(draft, seller, next.issueDate(), sequence));
      values.add(values(issued.get(issued.size() - 1), sequence, actor, draft, seller, parties));
    }
    batches.batchUpdate(
        """
        UPDATE document
        SET state = 'ISSUED', number = ?, series_year = ?, sequence = ?, issue_date = ?, due_date = ?,
            seller = ?, buyer = COALESCE(?, buyer), deliver_to = IF(?, deliver_to, ?), mandate = ?,
            issued_at = UTC_TIMESTAMP(6), issued_by = ?, version = version + 1
        WHERE id = ?
        """,
        values);
    series.save(numbers.values());
    return issued;
  }

  /**
   * Locks those of the documents that are drafts and that nobody else holds, so that several nodes
   * share them.
   *
   * @return in the order given
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<DocumentId> lockFree(Collection<DocumentId> documents) {
    return lock(documents, " SKIP LOCKED");
  }

  /** The same, but waits for whoever holds one. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<DocumentId> lockOpen(Collection<DocumentId> documents) {
    return lock(documents, "");
  }

  private List<DocumentId> lock(Collection<DocumentId> documents, String wait) {
    Set<Long> drafts = new HashSet<>();
    // Along the index of numbers, whoever looks for drafts would lock those of all others.
    jdbc.sql(
            "SELECT id, number FROM document FORCE INDEX (PRIMARY) WHERE id IN (:ids)"
                + " ORDER BY id FOR UPDATE"
                + wait)
        .param("ids", documents.stream().map(DocumentId::value).toList())
        .query(
            row -> {
              if (row.getString("number") == null) {
                drafts.add(row.getLong("id"));
              }
            });
    return documents.stream().filter(document -> drafts.contains(document.value())).toList();
  }

  /** Locks in the order of ids, so that two callers never wait for each other. */
  private List<Draft> lockDrafts(Collection<DocumentId> documents) {
    Map<DocumentId, Draft> drafts = new HashMap<>();
    jdbc.sql(
            """
            SELECT id, company_id, type, number, payment_days, payable_amount, contact_id, delivery_contact_id,
                   own_billing_address, own_delivery_address
            FROM document WHERE id IN (:ids) ORDER BY id FOR UPDATE
            """)
        .param("ids", documents.stream().map(DocumentId::value).toList())
        .query(
            row -> {
              if (row.getString("number") != null) {
                throw Refusal.conflict(
                    "document",
                    "%d is issued already, as %s"
                        .formatted(row.getLong("id"), row.getString("number")));
              }
              drafts.put(new DocumentId(row.getLong("id")), draft(row));
            });
    for (DocumentId document : documents) {
      if (!drafts.containsKey(document)) {
        throw Refusal.notFound("document", String.valueOf(document.value()));
      }
    }
    return documents.stream().distinct().map(drafts::get).toList();
  }

  private static Draft draft(ResultSet row) throws SQLException {
    long deliveryContact = row.getLong("delivery_contact_id");
    return new Draft(
        new DocumentId(row.getLong("id")),
        new CompanyId(row.getLong("company_id")),
        DocumentType.valueOf(row.getString("type")),
        row.getInt("payment_days"),
        row.getBigDecimal("payable_amount"),
        new ContactId(row.getLong("contact_id")),
        deliveryContact == 0 ? null : new ContactId(deliveryContact),
        DocumentJson.ownAddresses(row));
  }

  /** With their addresses only where a letter names them. */
  private List<Contact> parties(List<Draft> drafts) {
    return drafts.stream().anyMatch(draft -> draft.type() == DocumentType.LETTER)
        ? contacts.byIds(contactsOf(drafts))
        : contacts.partiesByIds(contactsOf(drafts));
  }

  private static Set<ContactId> contactsOf(List<Draft> drafts) {
    return drafts.stream()
        .flatMap(draft -> Stream.of(draft.contact(), draft.deliveryContact()))
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  private static <K, V> Map<K, V> byKey(Collection<V> things, Function<V, K> key) {
    return things.stream().collect(Collectors.toMap(key, Function.identity()));
  }

  private Map<SeriesKey, NumberSeriesRows.Numbers> lockSeries(
      List<Draft> drafts, LocalDate issueDate) {
    Map<NumberSeriesRows.Key, SeriesKey> keys = new HashMap<>();
    for (Draft draft : drafts) {
      keys.put(
          new NumberSeriesRows.Key(
              draft.company().value(), NumberSeries.of(draft.type()), issueDate.getYear()),
          SeriesKey.of(draft));
    }
    return series.lock(keys.keySet(), issueDate).stream()
        .collect(Collectors.toMap(numbers -> keys.get(numbers.key()), Function.identity()));
  }

  private static IssuedDocument issued(
      Draft draft, Company seller, LocalDate issueDate, long sequence) {
    return new IssuedDocument(
        draft.id(),
        NumberSeries.number(seller.numberPrefix(), draft.type(), issueDate.getYear(), sequence),
        issueDate,
        fallsDue(draft.type(), draft.payable()) ? issueDate.plusDays(draft.paymentDays()) : null);
  }

  /** Whether there is a day by which its amount is to be paid. */
  static boolean fallsDue(DocumentType type, BigDecimal payable) {
    return type == DocumentType.CREDIT_NOTE || (type.isBill() && payable.signum() > 0);
  }

  private static Object[] values(
      IssuedDocument issued,
      long sequence,
      String actor,
      Draft draft,
      Company seller,
      Map<ContactId, Contact> parties) {
    Contact buyer = parties.get(draft.contact());
    Contact deliverTo =
        draft.deliveryContact() == null ? null : parties.get(draft.deliveryContact());
    return new Object[] {
      issued.number(),
      issued.issueDate().getYear(),
      sequence,
      issued.issueDate(),
      issued.dueDate(),
      StoredJson.write(Seller.of(seller)),
      // Of an erased contact only the kept invoice knows the name, from which the draft has it.
      buyer.erased() ? null : StoredJson.write(draft.own().buyer(draft.type(), buyer)),
      deliverTo != null && deliverTo.erased(),
      StoredJson.write(draft.own().deliverTo(deliverTo)),
      draft.type().isBill() ? StoredJson.write(buyer.mandate()) : null,
      actor,
      issued.id().value()
    };
  }
}
