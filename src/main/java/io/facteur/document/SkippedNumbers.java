package io.facteur.document;

import java.time.LocalDate;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Leaves numbers out that were given by a state of the database that a restore has taken away:
 * whoever got such a document has its number. A gap that somebody can explain is better than a
 * number given twice (BILL-3).
 */
@Component
public class SkippedNumbers {

  private final JdbcClient jdbc;

  SkippedNumbers(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Numbers of a series that no document of this database has, both ends among them. */
  public record Gap(long company, String series, int year, long from, long to) {}

  /**
   * Lets a series go on above a sequence; empty if it already does.
   *
   * @param issueDate of the document that has it: later ones are not dated before
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<Gap> upTo(
      long company, String series, int year, long sequence, LocalDate issueDate) {
    long last =
        jdbc.sql(
                """
                SELECT last_sequence FROM number_series
                WHERE company_id = :company AND series = :series AND year = :year FOR UPDATE
                """)
            .param("company", company)
            .param("series", series)
            .param("year", year)
            .query(Long.class)
            .optional()
            .orElse(0L);
    if (last >= sequence) {
      return Optional.empty();
    }
    jdbc.sql(
            """
            INSERT INTO number_series (company_id, series, year, last_sequence, last_issue_date)
            SELECT id, :series, :year, :sequence, :issueDate FROM company WHERE id = :company
            ON DUPLICATE KEY UPDATE last_sequence = VALUES(last_sequence),
              last_issue_date = GREATEST(COALESCE(last_issue_date, VALUES(last_issue_date)), VALUES(last_issue_date))
            """)
        .param("company", company)
        .param("series", series)
        .param("year", year)
        .param("sequence", sequence)
        .param("issueDate", issueDate)
        .update();
    return Optional.of(new Gap(company, series, year, last + 1, sequence));
  }
}
