package io.facteur.party;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

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

    private Known(Collection<Rate> rates) {
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

  ExchangeRates(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  public Known of(Collection<CompanyId> companies) {
    return new Known(companies.isEmpty() ? List.of() : rates(companies));
  }

  /** In the order of currencies and days. */
  public List<Rate> list(CompanyId company) {
    return rates(List.of(company));
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
