package io.facteur.dispatch;

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
 */
public record Recipient(
    String name,
    List<EmailAddress> to,
    List<EmailAddress> cc,
    List<EmailAddress> bcc,
    TradeParty postal,
    TradeParty.Endpoint endpoint,
    String rule) {

  public Recipient {
    to = List.copyOf(to);
    cc = List.copyOf(cc);
    bcc = List.copyOf(bcc);
  }

  /** To, Cc and Bcc together. */
  public List<EmailAddress> mailboxes() {
    return Stream.of(to, cc, bcc).flatMap(List::stream).toList();
  }

  static Recipient byMail(String name, Mailboxes mailboxes, String rule) {
    return new Recipient(name, mailboxes.to(), mailboxes.cc(), mailboxes.bcc(), null, null, rule);
  }

  static Recipient byPost(TradeParty party, String rule) {
    return new Recipient(party.name(), List.of(), List.of(), List.of(), party, null, rule);
  }

  static Recipient byNetwork(TradeParty party, String rule) {
    return new Recipient(
        party.name(), List.of(), List.of(), List.of(), party, party.endpoint(), rule);
  }
}
