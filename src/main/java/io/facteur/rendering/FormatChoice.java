package io.facteur.rendering;

import io.facteur.contract.DocumentFormats;
import io.facteur.party.TradeParty;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Chooses formats by the tables of the configuration. */
public final class FormatChoice implements DocumentFormats {

  /** An e-mail address stands for an endpoint, but belongs to no network. */
  private static final String BY_MAIL = "EM";

  private final EInvoiceSettings settings;

  public FormatChoice(EInvoiceSettings settings) {
    this.settings = settings;
  }

  @Override
  public List<String> names() {
    return Stream.concat(Arrays.stream(Format.values()).map(Format::name), Stream.of(BY_RECIPIENT))
        .toList();
  }

  @Override
  public boolean isFormat(String name) {
    return isByRecipient(name) || Format.find(name).isPresent();
  }

  @Override
  public String chosen(String wish, TradeParty recipient) {
    if (wish == null) {
      return null;
    }
    return isByRecipient(wish)
        ? Format.named(byRecipient(recipient)).name()
        : Format.find(wish).map(Format::name).orElse(wish);
  }

  static boolean isByRecipient(String name) {
    return BY_RECIPIENT.equals(name.strip().toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private String byRecipient(TradeParty recipient) {
    String scheme =
        recipient == null || recipient.endpoint() == null ? BY_MAIL : recipient.endpoint().scheme();
    if (settings.byScheme().containsKey(scheme)) {
      return settings.byScheme().get(scheme);
    }
    if (!BY_MAIL.equals(scheme)) {
      return settings.otherScheme();
    }
    String country =
        recipient == null || recipient.address() == null ? "" : recipient.address().country();
    return settings.byCountry().getOrDefault(country, settings.otherCountry());
  }
}
