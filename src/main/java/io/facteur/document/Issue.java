package io.facteur.document;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Issues drafts (BILL-6): numbers them without gaps (BILL-3), freezes seller, buyer and delivery
 * party as the master data has them now, and sets issue and due date. From then on the database
 * refuses every change.
 *
 * <p>Works inside the caller's transaction, which also plans the deliveries. It ends with the lock
 * of the number series, which every other issuing of that company and type waits for: call it last,
 * and commit soon after. Seven statements, however many documents.
 */
@Component
public class Issue {

  private static final Set<DocumentType> FALLING_DUE =
      EnumSet.of(DocumentType.INVOICE, DocumentType.CREDIT_NOTE);

  private record Draft(
      DocumentId id,
      long company,
      DocumentType type,
      int paymentDays,
      long contact,
      Long deliveryContact) {}

  private record SeriesKey(long company, DocumentType type) {}

  private final NumberSeriesRows series;
  private final MasterData masterData;
  private final JdbcClient jdbc;
  private final JdbcTemplate batches;

  Issue(NumberSeriesRows series, MasterData masterData, JdbcClient jdbc, JdbcTemplate batches) {
    this.series = series;
    this.masterData = masterData;
    this.jdbc = jdbc;
    this.batches = batches;
  }

  /**
   * Issues all of the drafts or none, numbered in the order given.
   *
   * @param issueDate of the company's time zone; where a series has a later document of the same
   *     year, that one's date is taken (BILL-3: dates never fall)
   * @throws DocumentStateException if one of them does not exist or is no draft any more
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<IssuedDocument> issue(
      Collection<DocumentId> drafts, LocalDate issueDate, String actor) {
    if (drafts.isEmpty()) {
      return List.of();
    }
    List<Draft> locked = lock(drafts);
    Map<Long, MasterData.Company> companies =
        masterData.companiesById(locked.stream().map(Draft::company).collect(Collectors.toSet()));
    Map<Long, MasterData.Contact> contacts = masterData.contactsById(contactsOf(locked));
    Map<SeriesKey, NumberSeriesRows.Numbers> numbers = numbers(locked, issueDate);
    List<IssuedDocument> issued = new ArrayList<>(locked.size());
    List<Object[]> updates = new ArrayList<>(locked.size());
    for (Draft draft : locked) {
      MasterData.Company company = companies.get(draft.company());
      NumberSeriesRows.Numbers own = numbers.get(new SeriesKey(draft.company(), draft.type()));
      long sequence = own.next();
      LocalDate dueDate =
          FALLING_DUE.contains(draft.type()) ? own.issueDate().plusDays(draft.paymentDays()) : null;
      String number =
          NumberSeries.number(
              company.numberPrefix(), draft.type(), own.issueDate().getYear(), sequence);
      issued.add(new IssuedDocument(draft.id(), number, own.issueDate(), dueDate));
      MasterData.Contact deliverTo =
          draft.deliveryContact() == null ? null : contacts.get(draft.deliveryContact());
      updates.add(
          new Object[] {
            number,
            own.issueDate().getYear(),
            sequence,
            own.issueDate(),
            dueDate,
            DocumentJson.write(company.seller()),
            DocumentJson.write(contacts.get(draft.contact()).party()),
            deliverTo == null ? null : DocumentJson.write(deliverTo.party()),
            actor,
            draft.id().value()
          });
    }
    batches.batchUpdate(
        """
        UPDATE document
        SET state = 'ISSUED', number = ?, series_year = ?, sequence = ?, issue_date = ?, due_date = ?,
            seller = ?, buyer = ?, deliver_to = ?, issued_at = UTC_TIMESTAMP(6), issued_by = ?,
            version = version + 1
        WHERE id = ?
        """,
        updates);
    series.save(numbers.values());
    return issued;
  }

  /** Locks the drafts in the order of their ids, so that two callers never wait for each other. */
  private List<Draft> lock(Collection<DocumentId> drafts) {
    Map<DocumentId, Draft> found = new HashMap<>();
    jdbc.sql(
            """
            SELECT id, company_id, type, state, number, payment_days, contact_id, delivery_contact_id
            FROM document WHERE id IN (:ids) ORDER BY id FOR UPDATE
            """)
        .param("ids", drafts.stream().map(DocumentId::value).toList())
        .query(
            row -> {
              DocumentId id = new DocumentId(row.getLong("id"));
              if (!row.getString("state").equals(DocumentState.DRAFT.name())) {
                throw new DocumentStateException(
                    "Document %d is issued already, as %s."
                        .formatted(id.value(), row.getString("number")));
              }
              found.put(
                  id,
                  new Draft(
                      id,
                      row.getLong("company_id"),
                      DocumentType.valueOf(row.getString("type")),
                      row.getInt("payment_days"),
                      row.getLong("contact_id"),
                      row.getObject("delivery_contact_id", Long.class)));
            });
    Set<DocumentId> asked = new HashSet<>();
    List<Draft> locked = new ArrayList<>(drafts.size());
    for (DocumentId id : drafts) {
      Draft draft = found.get(id);
      if (draft == null) {
        throw new DocumentStateException("Document %d does not exist.".formatted(id.value()));
      }
      if (asked.add(id)) {
        locked.add(draft);
      }
    }
    return locked;
  }

  private static Set<Long> contactsOf(List<Draft> drafts) {
    return drafts.stream()
        .flatMap(draft -> Stream.of(draft.contact(), draft.deliveryContact()))
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  private Map<SeriesKey, NumberSeriesRows.Numbers> numbers(
      List<Draft> drafts, LocalDate issueDate) {
    Set<SeriesKey> keys =
        drafts.stream()
            .map(draft -> new SeriesKey(draft.company(), draft.type()))
            .collect(Collectors.toSet());
    Map<NumberSeriesRows.Key, SeriesKey> wanted = new TreeMap<>();
    keys.forEach(
        key ->
            wanted.put(
                new NumberSeriesRows.Key(
                    key.company(), NumberSeries.of(key.type()), issueDate.getYear()),
                key));
    return series.lock(wanted.keySet(), issueDate).stream()
        .collect(Collectors.toMap(numbers -> wanted.get(numbers.key()), Function.identity()));
  }
}
