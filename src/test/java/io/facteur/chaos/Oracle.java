package io.facteur.chaos;

import io.facteur.chaos.Ledger.Delivery;
import io.facteur.chaos.Ledger.Document;
import io.facteur.chaos.Verdict.Finding;
import io.facteur.chaos.Verdict.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Compares what the ledger says with what the counterparts have: mails by Message-ID and mailbox,
 * files by name, delivery and hash. The counterparts are right.
 */
final class Oracle {

  private final Ledger ledger;
  private final List<MailSeen> mails;
  private final List<FileTaken> files;
  private final OpenWindows windows;

  private final List<Finding> findings = new ArrayList<>();
  private int uncertainFound;
  private int uncertainCertain;
  private int uncertainPossible;

  private Oracle(
      Ledger ledger, List<MailSeen> mails, List<FileTaken> files, List<Disturbance> disturbances) {
    this.ledger = ledger;
    this.mails = mails;
    this.files = files;
    this.windows = new OpenWindows(disturbances);
  }

  static Verdict judge(
      Ledger ledger, List<MailSeen> mails, List<FileTaken> files, List<Disturbance> disturbances) {
    return new Oracle(ledger, mails, files, disturbances).judge();
  }

  private Verdict judge() {
    billing();
    mails();
    files();
    fallbacks();
    return new Verdict(findings, uncertainFound, uncertainCertain, uncertainPossible);
  }

  private void billing() {
    Map<Long, List<Document>> byContract =
        ledger.documents().stream().collect(Collectors.groupingBy(Document::contract));
    Map<Long, Set<String>> planned =
        ledger.deliveries().stream()
            .collect(
                Collectors.groupingBy(
                    Delivery::document, Collectors.mapping(Delivery::origin, Collectors.toSet())));
    for (Ledger.Contract contract : ledger.contracts()) {
      List<Document> documents = byContract.getOrDefault(contract.id(), List.of());
      if (documents.isEmpty()) {
        add(Kind.LOST, "contract %d was not billed".formatted(contract.id()));
      }
      if (documents.size() > 1) {
        add(
            Kind.DOUBLED,
            "contract %d was billed %d times".formatted(contract.id(), documents.size()));
      }
      for (Document document : documents) {
        if (!document.state().equals("ISSUED")) {
          add(Kind.LOST, "document %d is %s".formatted(document.id(), document.state()));
        } else if (!planned.getOrDefault(document.id(), Set.of()).containsAll(contract.origins())) {
          add(
              Kind.LOST,
              "document %d has not all deliveries of its contract".formatted(document.id()));
        }
      }
    }
    numbers();
  }

  private void numbers() {
    ledger.documents().stream()
        .filter(document -> document.sequence() != null)
        .collect(Collectors.groupingBy(Document::series))
        .forEach(
            (series, documents) -> {
              List<Long> given = documents.stream().map(Document::sequence).sorted().toList();
              List<Long> whole = LongStream.rangeClosed(1, documents.size()).boxed().toList();
              if (!given.equals(whole)) {
                add(
                    new HashSet<>(given).size() < given.size() ? Kind.DOUBLED : Kind.LOST,
                    "numbers of series %s are not 1 to %d".formatted(series, documents.size()));
              }
            });
  }

  private void mails() {
    Map<String, List<MailSeen>> byKey =
        mails.stream().collect(Collectors.groupingBy(MailSeen::key));
    Set<String> known = new HashSet<>();
    for (Delivery delivery : ledger.deliveries()) {
      if (delivery.mail()) {
        known.add(delivery.key());
        mail(delivery, byKey.getOrDefault(delivery.key(), List.of()));
      }
    }
    mails.stream()
        .filter(MailSeen::accepted)
        .filter(mail -> !known.contains(mail.key()))
        .forEach(
            mail -> add(Kind.DOUBLED, "mail %s is of no delivery".formatted(mail.messageId())));
    mails.stream()
        .filter(MailSeen::accepted)
        .flatMap(mail -> mail.recipients().stream())
        .collect(Collectors.groupingBy(mailbox -> mailbox, Collectors.counting()))
        .forEach(
            (mailbox, number) -> {
              if (number > 1) {
                add(Kind.DOUBLED, "mailbox %s has got %d mails".formatted(mailbox, number));
              }
            });
  }

  private void mail(Delivery delivery, List<MailSeen> attempts) {
    long accepted = attempts.stream().filter(MailSeen::accepted).count();
    boolean certainlyOpen = attempts.stream().anyMatch(windows::isCertainlyOpen);
    if (accepted > 1) {
      add(Kind.DOUBLED, "%s was accepted %d times".formatted(words(delivery), accepted));
    }
    if (certainlyOpen && !delivery.state().equals("UNCERTAIN")) {
      add(Kind.UNCERTAIN_MISSING, "%s, but the dot was never answered".formatted(words(delivery)));
    }
    switch (delivery.state()) {
      case "SENT" -> {
        if (accepted == 0) {
          add(Kind.LOST, "%s, but no mail server has it".formatted(words(delivery)));
        }
      }
      case "UNCERTAIN" -> uncertain(delivery, attempts, certainlyOpen);
      case "FAILED", "SKIPPED" -> {
        if (delivery.retry()) {
          add(Kind.LOST, "%s has not ended".formatted(words(delivery)));
        } else if (accepted > 0 && !certainlyOpen) {
          add(Kind.DOUBLED, "%s, but the mail server has it".formatted(words(delivery)));
        }
      }
      default -> add(Kind.LOST, "%s has not ended".formatted(words(delivery)));
    }
    if (delivery.transmission() != null && !"ENDED".equals(delivery.transmissionState())) {
      add(
          Kind.LOST,
          "transmission of %s is %s".formatted(words(delivery), delivery.transmissionState()));
    }
  }

  private void uncertain(Delivery delivery, List<MailSeen> attempts, boolean certainlyOpen) {
    uncertainFound++;
    if (certainlyOpen) {
      uncertainCertain++;
    } else if (attempts.stream().anyMatch(windows::isPerhapsOpen)) {
      uncertainPossible++;
    } else {
      add(Kind.UNCERTAIN_UNEXPLAINED, "%s: %s".formatted(words(delivery), delivery.reason()));
    }
  }

  private void files() {
    Map<String, List<FileTaken>> byName =
        files.stream().collect(Collectors.groupingBy(FileTaken::name));
    Set<String> known = new HashSet<>();
    for (Delivery delivery : ledger.deliveries()) {
      if (!delivery.mail()) {
        known.add(delivery.file());
        file(delivery, byName.getOrDefault(delivery.file(), List.of()));
      }
    }
    byName.forEach(
        (name, taken) -> {
          if (!known.contains(name)) {
            add(Kind.DOUBLED, "file %s is of no delivery".formatted(name));
          }
        });
    files.stream()
        .collect(Collectors.groupingBy(FileTaken::delivery, Collectors.counting()))
        .forEach(
            (delivery, number) -> {
              if (number > 1) {
                add(
                    Kind.DOUBLED,
                    "%d files were taken for delivery %d".formatted(number, delivery));
              }
            });
    for (FileTaken file : files) {
      if (!file.sha256().equals(file.manifestSha256())) {
        add(Kind.FILE, "file %s was not what its manifest says".formatted(file.name()));
      }
    }
  }

  private void file(Delivery delivery, List<FileTaken> taken) {
    switch (delivery.state()) {
      case "PRINTED", "ACCEPTED" -> taken(delivery, taken, true);
      case "FAILED", "REJECTED", "SKIPPED" -> {
        if (delivery.retry()) {
          add(Kind.LOST, "%s has not ended".formatted(words(delivery)));
        } else if (delivery.state().equals("REJECTED") || !taken.isEmpty()) {
          taken(delivery, taken, false);
        }
      }
      case "UNCERTAIN" -> {
        uncertainFound++;
        add(Kind.UNCERTAIN_UNEXPLAINED, "%s: %s".formatted(words(delivery), delivery.reason()));
      }
      default -> add(Kind.LOST, "%s has not ended".formatted(words(delivery)));
    }
  }

  private void taken(Delivery delivery, List<FileTaken> taken, boolean done) {
    if (taken.isEmpty()) {
      add(
          Kind.LOST,
          "%s, but its consumer has never had %s".formatted(words(delivery), delivery.file()));
      return;
    }
    if (taken.stream().anyMatch(file -> file.done() != done)) {
      add(Kind.FILE, "%s, but its consumer said otherwise".formatted(words(delivery)));
    }
    if (taken.stream().anyMatch(file -> !file.sha256().equals(delivery.sha256()))) {
      add(Kind.FILE, "%s, but its consumer has another content".formatted(words(delivery)));
    }
  }

  /** A letter takes the place of what has not arrived: whatever arrived must not have one. */
  private void fallbacks() {
    Set<String> mailed =
        mails.stream().filter(MailSeen::accepted).map(MailSeen::key).collect(Collectors.toSet());
    Set<Long> handedOver =
        files.stream().filter(FileTaken::done).map(FileTaken::delivery).collect(Collectors.toSet());
    ledger.deliveries().stream()
        .collect(Collectors.groupingBy(delivery -> delivery.document() + " " + delivery.role()))
        .forEach(
            (role, deliveries) -> {
              boolean fallback = deliveries.stream().anyMatch(Delivery::isFallback);
              boolean arrived =
                  deliveries.stream()
                      .filter(delivery -> !delivery.isFallback())
                      .anyMatch(
                          delivery ->
                              delivery.mail()
                                  ? mailed.contains(delivery.key())
                                  : handedOver.contains(delivery.id()));
              if (fallback && arrived) {
                add(
                    Kind.DOUBLED,
                    "document and role %s: arrived, and a letter as well".formatted(role));
              }
              boolean reached =
                  deliveries.stream()
                      .anyMatch(
                          delivery ->
                              List.of("SENT", "PRINTED", "ACCEPTED", "UNCERTAIN")
                                  .contains(delivery.state()));
              boolean byPost =
                  deliveries.stream().anyMatch(delivery -> delivery.channel().equals("POST"));
              if (!reached && !byPost) {
                add(
                    Kind.LOST,
                    "document and role %s: nothing arrived, and no letter".formatted(role));
              }
            });
  }

  private static String words(Delivery delivery) {
    return "%s delivery %d (%s) is %s%s"
        .formatted(
            delivery.channel(),
            delivery.id(),
            delivery.key(),
            delivery.state(),
            delivery.retry() ? " and will be tried again" : "");
  }

  private void add(Kind kind, String text) {
    findings.add(new Finding(kind, text));
  }
}
