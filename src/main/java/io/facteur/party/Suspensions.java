package io.facteur.party;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Which of some addresses are suspended, as it was read. */
public final class Suspensions {

  public static final Suspensions NONE = new Suspensions(List.of());

  private record Key(CompanyId company, String address) {
    private static Key of(CompanyId company, EmailAddress address) {
      return new Key(company, Suspensions.key(address));
    }
  }

  private final Map<Key, SuspendedAddress> known;

  public Suspensions(Collection<SuspendedAddress> known) {
    this.known =
        known.stream()
            .collect(
                toUnmodifiableMap(
                    one -> Key.of(one.company(), one.address()), Function.identity()));
  }

  /** Capitals make no difference. */
  public Optional<SuspendedAddress> of(CompanyId company, EmailAddress address) {
    return Optional.ofNullable(known.get(Key.of(company, address)));
  }

  /** As the column {@code address_key} has it. */
  static String key(EmailAddress address) {
    return address.value().toLowerCase(Locale.ROOT);
  }
}
