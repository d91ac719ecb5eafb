package io.facteur.party;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What foreign currencies are worth to a company, from a day on (EN 16931 BT-111). */
@Service
public class ExchangeRates {

  /**
   * A rate.
   *
   * @param rate units of the company's currency for one of the foreign one
   */
  public record Rate(CompanyId company, Currency currency, LocalDate validFrom, BigDecimal rate) {}

  /** The rates of some companies. */
  public static final class Known {
    private final Map<CompanyId, Map<Currency, TreeMap<LocalDate, BigDecimal>>> rates;

    Known(Collection<Rate> rates) {
      this.rates =
          rates.stream()
              .collect(
                  Collectors.groupingBy(
                      Rate::company,
                      Collectors.groupingBy(
                          Rate::currency,
                          Collectors.toMap(
                              Rate::validFrom, Rate::rate, (one, other) -> one, TreeMap::new))));
    }

    /** Valid on that day; null if there is none. */
    public BigDecimal on(LocalDate day, CompanyId company, Currency currency) {
      var ofCurrency = rates.getOrDefault(company, Map.of()).get(currency);
      var valid = ofCurrency == null ? null : ofCurrency.floorEntry(day);
      return valid == null ? null : valid.getValue();
    }
  }

  private final JdbcClient jdbc;
  private final AuditLog audit;

  ExchangeRates(JdbcClient jdbc, AuditLog audit) {
    this.jdbc = jdbc;
    this.audit = audit;
  }

  public Known of(Collection<CompanyId> companies) {
    return new Known(companies.isEmpty() ? List.of() : rates(companies));
  }

  /** In the order of currencies and days. */
  public List<Rate> list(CompanyId company) {
    return rates(List.of(company));
  }

  /**
   * Sets what a currency is worth from a day on, until a later rate begins. Documents that exist
   * keep theirs.
   *
   * @param rate units of the company's currency for one of the foreign one
   * @return whether there was none for that day
   * @throws Refusal naming every field that is wrong
   */
  @Transactional
  public boolean put(Company company, String currency, LocalDate validFrom, BigDecimal rate) {
    Checks checks = new Checks();
    checks
        .required("currency", currency)
        .currency("currency", currency)
        .rule(
            !company.currency().getCurrencyCode().equals(currency),
            "currency",
            "must be another than the company's own")
        .required("validFrom", validFrom)
        .required("rate", rate)
        .digits("rate", rate, 10, 8)
        .rule(rate == null || rate.signum() > 0, "rate", "must be greater than zero");
    checks.refuse();
    Optional<Rate> before = find(company, currency, validFrom);
    jdbc.sql(
            """
            INSERT INTO exchange_rate (company_id, currency, valid_from, rate)
            VALUES (:company, :currency, :validFrom, :rate)
            ON DUPLICATE KEY UPDATE rate = VALUES(rate)
            """)
        .param("company", company.id().value())
        .param("currency", currency)
        .param("validFrom", validFrom)
        .param("rate", rate)
        .update();
    Rate after = new Rate(company.id(), Currency.getInstance(currency), validFrom, rate);
    audit.record(
        before.isPresent() ? "exchange-rate.change" : "exchange-rate.create",
        subject(company, currency, validFrom),
        before.orElse(null),
        after);
    return before.isEmpty();
  }

  /**
   * Takes a rate away. Documents that exist keep theirs.
   *
   * @throws Refusal if there is no such rate
   */
  @Transactional
  public void remove(Company company, String currency, LocalDate validFrom) {
    String subject = subject(company, currency, validFrom);
    Rate before =
        find(company, currency, validFrom)
            .orElseThrow(() -> Refusal.notFound("exchange rate", currency + " from " + validFrom));
    jdbc.sql(
            """
            DELETE FROM exchange_rate
            WHERE company_id = :company AND currency = :currency AND valid_from = :validFrom
            """)
        .param("company", company.id().value())
        .param("currency", currency)
        .param("validFrom", validFrom)
        .update();
    audit.record("exchange-rate.delete", subject, before, null);
  }

  private Optional<Rate> find(Company company, String currency, LocalDate validFrom) {
    return list(company.id()).stream()
        .filter(rate -> rate.currency().getCurrencyCode().equals(currency))
        .filter(rate -> rate.validFrom().equals(validFrom))
        .findFirst();
  }

  private static String subject(Company company, String currency, LocalDate validFrom) {
    return "exchange-rate:%s/%s/%s".formatted(company.code(), currency, validFrom);
  }

  private List<Rate> rates(Collection<CompanyId> companies) {
    return jdbc.sql(
            """
            SELECT company_id, currency, valid_from, rate FROM exchange_rate
            WHERE company_id IN (:companies) ORDER BY company_id, currency, valid_from
            """)
        .param("companies", companies.stream().map(CompanyId::value).toList())
        .query(
            (row, i) ->
                new Rate(
                    new CompanyId(row.getLong("company_id")),
                    Currency.getInstance(row.getString("currency")),
                    row.getObject("valid_from", LocalDate.class),
                    row.getBigDecimal("rate")))
        .list();
  }
}
