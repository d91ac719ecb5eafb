package io.facteur.addressing;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.addressing.DocumentAddressing.Given;
import io.facteur.contract.Role;
import io.facteur.document.DocumentId;
import io.facteur.document.DocumentType;
import io.facteur.party.Contact;
import io.facteur.party.ContactAddresses;
import io.facteur.party.EmailAddress;
import io.facteur.party.Mailboxes;
import io.facteur.party.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;

/** Several people change addresses of one contact at the same time, on a real database. */
class AddressesChangedAtOnceTest {

  private static final EmailAddress OLD = new EmailAddress("old@x.example");
  private static final EmailAddress NEW = new EmailAddress("new@x.example");

  private static AddressOffice office;

  @BeforeAll
  static void open() {
    office = new AddressOffice();
  }

  @AfterAll
  static void close() {
    office.close();
  }

  @RepeatedTest(10)
  void whoIsSecondIsToldOrComesAfterTheFirstAndNobodyWaitsInACircle() {
    Contact customer = office.customer(ContactAddresses.general(OLD));
    DocumentId one = office.issued(DocumentType.INVOICE, customer, null);
    DocumentId two = office.issued(DocumentType.INVOICE, customer, null);
    EmailAddress first = new EmailAddress("first@x.example");
    EmailAddress second = new EmailAddress("second@x.example");

    List<Refusal> refused =
        atOnce(() -> office.change(one, onBoth(first)), () -> office.change(two, onBoth(second)));

    assertThat(refused).allMatch(refusal -> refusal.kind() == Refusal.Kind.STALE);
    assertThat(refused).hasSizeLessThan(2);
    List<EmailAddress> mailed = List.of(to(one), to(two));
    if (refused.isEmpty()) {
      assertThat(mailed).containsExactly(first, second);
      assertThat(office.now(customer).addresses().general()).isIn(first, second);
    } else {
      assertThat(mailed).containsOnlyOnce(OLD).containsAnyOf(first, second);
    }
  }

  @RepeatedTest(10)
  void aDraftThatIsMadeWhileExistingOnesAreLeftHasTheOldAddressOrTheNew() {
    Contact customer = office.customer(ContactAddresses.general(OLD));
    DocumentId before = office.draft(DocumentType.INVOICE, customer, null);
    List<DocumentId> made = new ArrayList<>();

    List<Refusal> refused =
        atOnce(
            () -> office.change(customer, ContactAddresses.general(NEW), Reach.CONTACT_AND_FUTURE),
            () -> {
              for (int i = 0; i < 5; i++) {
                made.add(office.draft(DocumentType.INVOICE, customer, null));
              }
            });

    assertThat(refused).isEmpty();
    assertThat(to(before)).isEqualTo(OLD);
    List<EmailAddress> mailed = made.stream().map(AddressesChangedAtOnceTest::to).toList();
    assertThat(mailed).hasSize(5).allMatch(address -> address.equals(OLD) || address.equals(NEW));
    // Made in this order: once one is of the future, all that follow are.
    int future = mailed.indexOf(NEW);
    assertThat(future < 0 ? List.<EmailAddress>of() : mailed.subList(future, 5))
        .allMatch(NEW::equals);
  }

  private static Given onBoth(EmailAddress address) {
    return new Given(
        Role.CONTRACTING_PARTY,
        AddressKind.DOCUMENT,
        Mailboxes.to(List.of(address)),
        Reach.DOCUMENT_AND_CONTACT,
        "saveAddress");
  }

  private static EmailAddress to(DocumentId document) {
    return office
        .party(document, Role.CONTRACTING_PARTY)
        .resolved(AddressKind.DOCUMENT)
        .to()
        .get(0);
  }

  /** What was refused; anything else that fails fails the test. */
  private static List<Refusal> atOnce(Runnable one, Runnable other) {
    CyclicBarrier start = new CyclicBarrier(2);
    List<CompletableFuture<Void>> both =
        List.of(
            CompletableFuture.runAsync(() -> after(start, one)),
            CompletableFuture.runAsync(() -> after(start, other)));
    List<Refusal> refused = new ArrayList<>();
    for (CompletableFuture<Void> each : both) {
      try {
        each.join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof Refusal refusal) {
          refused.add(refusal);
        } else {
          throw e;
        }
      }
    }
    return refused;
  }

  private static void after(CyclicBarrier start, Runnable work) {
    try {
      start.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    work.run();
  }
}
