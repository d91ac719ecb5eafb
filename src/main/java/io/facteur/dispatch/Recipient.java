package io.facteur.dispatch;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.facteur.addressing.ResolvedMailboxes;
import io.facteur.party.EmailAddress;
import io.facteur.party.Mailboxes;
import io.facteur.party.TradeParty;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who a delivery goes to. Which parts are filled depends on what the channel needs; the whole is
 * frozen when sending begins (ADDR-9).
 *
 * @param name of the contact, or the address itself for an individual
 * @param to RFC 5322 recipients; empty unless the channel needs an e-mail address
 * @param postal name and postal address; null unless the channel needs one
 * @param endpoint of the e-invoice network; null unless the channel needs one
 * @param rule why this one: the rule that won, e.g. {@code ADDR-2d general address}
 * @param source where the addresses stand; null where there was nothing to choose
 * @param lost what was known as well, highest rule first
 * @param remark what people should know of it, e.g. that an address is left out; null if nothing
 */
public record Recipient(
    String name,
    List<EmailAddress> to,
    List<EmailAddress> cc,
    List<EmailAddress> bcc,
    TradeParty postal,
    TradeParty.Endpoint endpoint,
    String rule,
    String source,
    List<Loser> lost,
    String remark) {

  /**
   * An address that was known as well and did not win (ADDR-9); which one it was is not kept.
   *
   * @param source where it stood
   */
  public record Loser(String rule, String source, String whyNot) {}

  public Recipient {
    to = List.copyOf(to);
    cc = List.copyOf(cc);
    bcc = List.copyOf(bcc);
    lost = lost == null ? List.of() : List.copyOf(lost);
  }

  @JsonIgnore
  public boolean isByMail() {
    return !to.isEmpty() || !cc.isEmpty();
  }

  /**
   * By e-mail.
   *
   * @param mailboxes those of the resolved ones that it goes to
   */
  static Recipient byMail(
      String name, ResolvedMailboxes resolved, Mailboxes mailboxes, String remark) {
    List<Loser> lost =
        resolved.candidates().stream()
            .filter(one -> !one.won() && !one.mailboxes().isEmpty())
            .map(one -> new Loser(one.rule(), one.source(), one.whyNot()))
            .toList();
    return new Recipient(
        name,
        mailboxes.to(),
        mailboxes.cc(),
        mailboxes.bcc(),
        null,
        null,
        resolved.rule(),
        resolved.source(),
        lost,
        remark);
  }

  /** To, Cc and Bcc together. */
  public List<EmailAddress> mailboxes() {
    return Stream.of(to, cc, bcc).flatMap(List::stream).toList();
  }

  static Recipient byMail(String name, Mailboxes mailboxes, String rule) {
    return new Recipient(
        name,
        mailboxes.to(),
        mailboxes.cc(),
        mailboxes.bcc(),
        null,
        null,
        rule,
        null,
        List.of(),
        null);
  }

  static Recipient byPost(TradeParty party, String rule) {
    return new Recipient(
        party.name(), List.of(), List.of(), List.of(), party, null, rule, null, List.of(), null);
  }

  static Recipient byNetwork(TradeParty party, String rule) {
    return new Recipient(
        party.name(),
        List.of(),
        List.of(),
        List.of(),
        party,
        party.endpoint(),
        rule,
        null,
        List.of(),
        null);
  }
}
