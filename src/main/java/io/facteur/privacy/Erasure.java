package io.facteur.privacy;

import io.facteur.party.Checks;
import io.facteur.party.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Erases contacts (GDPR art. 17). What law makes one keep stays as it is: issued documents, and
 * that they were sent, when and with which outcome. Everything else that tells of the contact is
 * emptied, or replaced by pseudonyms that nobody can lead back.
 */
@Service
public class Erasure {

  private static final Logger log = LoggerFactory.getLogger(Erasure.class);

  private final DataSubjects subjects;
  private final Obstacles obstacles;
  private final Traces traces;
  private final ErasureWork work;
  private final ErasureRecords records;

  Erasure(
      DataSubjects subjects,
      Obstacles obstacles,
      Traces traces,
      ErasureWork work,
      ErasureRecords records) {
    this.subjects = subjects;
    this.obstacles = obstacles;
    this.traces = traces;
    this.work = work;
    this.records = records;
  }

  /**
   * Erases a contact and the people who belong to it, or nothing. One that is erased already can be
   * erased again: whatever has come of it since goes as well.
   *
   * @throws Refusal if there is no such contact, something is still under way with it, or the order
   *     itself names it
   */
  @Transactional(isolation = Isolation.READ_COMMITTED)
  public ErasureReport erase(ErasureOrder order) {
    Checks checks = new Checks();
    checks
        .required("reason", order.reason())
        .text("reason", order.reason(), 500)
        .code("newCode", order.newCode(), 30)
        .refuse();
    DataSubject subject = subjects.lock(order.code());
    Traces.Known known = traces.of(subject);
    checkNames(checks, order, subject, known);
    checks.refuse();
    obstacles.refuse(subject);
    String code = order.newCode() == null ? subject.contact().code() : order.newCode();
    ErasureWork.Done done = carryOut(subject, known, code);
    ErasureReport report = records.of(subject, code, done, order.reason());
    log.info(
        "contact {} erased: {} deliveries, {} entries of history",
        subject.contact().id().value(),
        done.erased().deliveries(),
        done.erased().historyEntries());
    return report;
  }

  private ErasureWork.Done carryOut(DataSubject subject, Traces.Known known, String code) {
    try {
      return work.carryOut(subject, known, code);
    } catch (DuplicateKeyException e) {
      throw Refusal.conflict("newCode", "there is already a contact '" + code + "'");
    }
  }

  /** The audit keeps reason and code. */
  private static void checkNames(
      Checks checks, ErasureOrder order, DataSubject subject, Traces.Known known) {
    checks.rule(
        !known.isToldIn(order.reason()),
        "reason",
        "names the contact or an address: it is kept, so say why, not whom");
    checks.rule(
        order.newCode() != null || !known.isToldBy(subject.contact().code()),
        "newCode",
        "is needed: the code tells the name. Give the same if it is to stay");
    subject
        .people()
        .forEach(
            person ->
                checks.rule(
                    person.erased() || !known.isToldBy(person.code()),
                    "code",
                    "the code of person '%s' tells a name: erase that person first, with a new code"
                        .formatted(person.code())));
  }
}
