package io.facteur.api.access;

import io.facteur.party.Checks;
import io.facteur.party.CompanyId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which users see some companies only. */
@Repository
class UserLimits {

  private final JdbcClient jdbc;

  UserLimits(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Codes of companies by users; those who see all of them are left out. */
  Map<String, Set<String>> all() {
    Map<String, Set<String>> codes = new HashMap<>();
    jdbc.sql(
            """
            SELECT u.user_name, c.code FROM app_user_company u JOIN company c ON c.id = u.company_id
            """)
        .query(
            row -> {
              codes
                  .computeIfAbsent(row.getString("user_name"), user -> new TreeSet<>())
                  .add(row.getString("code"));
            });
    return codes;
  }

  /** Codes; empty: all. */
  Set<String> of(String user) {
    return new TreeSet<>(
        jdbc.sql(
                """
                SELECT c.code FROM app_user_company u JOIN company c ON c.id = u.company_id
                WHERE u.user_name = :user
                """)
            .param("user", user)
            .query(String.class)
            .list());
  }

  /** Empty: all. */
  List<CompanyId> companiesOf(String user) {
    return jdbc.sql("SELECT company_id FROM app_user_company WHERE user_name = :user")
        .param("user", user)
        .query((row, i) -> new CompanyId(row.getLong("company_id")))
        .list();
  }

  /**
   * Limits a user.
   *
   * @param codes empty: to nothing
   * @throws io.facteur.party.Refusal if there is no such company
   */
  void replace(String user, Set<String> codes) {
    Map<String, Long> found = ids(codes);
    Set<String> unknown = new TreeSet<>(codes);
    unknown.removeAll(found.keySet());
    Checks checks = new Checks();
    unknown.forEach(code -> checks.problem("companies", "there is no company '" + code + "'"));
    checks.refuse();
    jdbc.sql("DELETE FROM app_user_company WHERE user_name = :user").param("user", user).update();
    for (Long company : found.values()) {
      jdbc.sql("INSERT INTO app_user_company (user_name, company_id) VALUES (:user, :company)")
          .param("user", user)
          .param("company", company)
          .update();
    }
  }

  private Map<String, Long> ids(Set<String> codes) {
    Map<String, Long> ids = new TreeMap<>();
    if (!codes.isEmpty()) {
      jdbc.sql("SELECT code, id FROM company WHERE code IN (:codes)")
          .param("codes", codes)
          .query(
              row -> {
                ids.put(row.getString("code"), row.getLong("id"));
              });
    }
    return ids;
  }
}
