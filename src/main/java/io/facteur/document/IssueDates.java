package io.facteur.document;

import io.facteur.party.CompanyId;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The dates that drafts get when they are issued: in a series they never fall (BILL-3). */
@Repository
public class IssueDates {

  private record Series(CompanyId company, String name, int year) {}

  /** The last date of each series, as it was read. */
  public static final class Known {

    private final Map<Series, LocalDate> last;

    private Known(Map<Series, LocalDate> last) {
      this.last = last;
    }

    /** What a document gets that is to be issued on {@code wanted}. */
    public LocalDate date(CompanyId company, DocumentType type, LocalDate wanted) {
      LocalDate before = last.get(new Series(company, NumberSeries.of(type), wanted.getYear()));
      return before == null || before.isBefore(wanted) ? wanted : before;
    }
  }

  private final JdbcClient jdbc;

  IssueDates(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** One query, whatever the number; nothing is locked. */
  public Known of(Collection<CompanyId> companies) {
    Map<Series, LocalDate> last = new HashMap<>();
    if (!companies.isEmpty()) {
      jdbc.sql(
              """
              SELECT company_id, series, year, last_issue_date FROM number_series
              WHERE company_id IN (:companies) AND last_issue_date IS NOT NULL
              """)
          .param("companies", companies.stream().map(CompanyId::value).distinct().toList())
          .query(
              row -> {
                last.put(
                    new Series(
                        new CompanyId(row.getLong("company_id")),
                        row.getString("series"),
                        row.getInt("year")),
                    row.getObject("last_issue_date", LocalDate.class));
              });
    }
    return new Known(last);
  }
}
