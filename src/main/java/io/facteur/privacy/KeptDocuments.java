package io.facteur.privacy;

import java.time.LocalDate;
import java.time.Month;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Issued documents that name a contact. Law makes a merchant keep them as they are: ten years from
 * the end of the financial year (France: Code de commerce, art. L123-22; GDPR art. 17 (3) b).
 */
@Component
class KeptDocuments {

  private static final int YEARS = 10;
  private static final int NAMED = 100;

  private final JdbcClient jdbc;

  KeptDocuments(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Of each financial year, the oldest first; one that ends with the calendar year is assumed. */
  List<ErasureReport.KeptYear> of(DataSubject subject) {
    List<Integer> years =
        jdbc.sql("SELECT DISTINCT YEAR(issue_date) AS year " + FROM + " ORDER BY year")
            .param("company", subject.company())
            .param("contacts", subject.ids())
            .query(Integer.class)
            .list();
    return years.stream().map(year -> year(subject, year)).toList();
  }

  private static final String FROM =
      """
      FROM document d
      WHERE d.company_id = :company AND d.state = 'ISSUED'
        AND (d.contact_id IN (:contacts) OR d.delivery_contact_id IN (:contacts))
      """;

  private ErasureReport.KeptYear year(DataSubject subject, int year) {
    String ofYear = FROM + " AND YEAR(d.issue_date) = :year ";
    long count =
        jdbc.sql("SELECT COUNT(*) " + ofYear)
            .param("company", subject.company())
            .param("contacts", subject.ids())
            .param("year", year)
            .query(Long.class)
            .single();
    List<String> numbers =
        jdbc.sql("SELECT d.number " + ofYear + " ORDER BY d.id LIMIT " + NAMED)
            .param("company", subject.company())
            .param("contacts", subject.ids())
            .param("year", year)
            .query(String.class)
            .list();
    return new ErasureReport.KeptYear(
        LocalDate.of(year + YEARS, Month.DECEMBER, 31), count, numbers);
  }
}
