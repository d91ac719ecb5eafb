package io.facteur.party;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The companies of this installation. */
@Service
public class Companies {

  private static final Map<String, String> SORTABLE = Map.of("code", "code", "name", "name");

  private final CompanyRows rows;
  private final JdbcClient jdbc;
  private final AuditLog audit;

  Companies(CompanyRows rows, JdbcClient jdbc, AuditLog audit) {
    this.rows = rows;
    this.jdbc = jdbc;
    this.audit = audit;
  }

  /**
   * The company of that code.
   *
   * @throws Refusal if there is no such company
   */
  public Company get(String code) {
    return byCode(code).orElseThrow(() -> Refusal.notFound("company", code));
  }

  public Optional<Company> byCode(String code) {
    return byCodes(List.of(code)).stream().findFirst();
  }

  /** In order of their codes; unknown codes are left out. */
  public List<Company> byCodes(Collection<String> codes) {
    return rows.byCodes(codes);
  }

  /** In order of their codes; unknown ids are left out. */
  public List<Company> byIds(Collection<CompanyId> ids) {
    return rows.byIds(ids);
  }

  public List<Company> all() {
    return jdbc.sql("SELECT " + CompanyRows.COLUMNS + " FROM company ORDER BY code")
        .query(CompanyRows::read)
        .list();
  }

  /** Sortable by code and name; {@code companies} null: all of them. */
  public Page<Company> list(Set<CompanyId> companies, Paging paging) {
    return new Listing("company", "code", SORTABLE)
        .ofCompanies(companies, "id")
        .page(jdbc, CompanyRows.COLUMNS, paging, CompanyRows::read);
  }

  /**
   * Adds a company.
   *
   * @throws Refusal if a value is wrong, or its code or number prefix is taken
   */
  @Transactional
  public Company create(Company company) {
    CompanyRules.check(company);
    CompanyId id;
    try {
      id = rows.insert(company);
    } catch (DuplicateKeyException e) {
      throw taken(company, e);
    }
    Company saved = rows.byIds(List.of(id)).get(0);
    audit.record("company.create", "company:" + saved.code(), null, saved);
    return saved;
  }

  /**
   * Replaces everything but id and code.
   *
   * @throws Refusal if a value is wrong, or its version is not the current one
   */
  @Transactional
  public Company update(Company company) {
    CompanyRules.check(company);
    Company before = get(company.code());
    boolean current;
    try {
      current = before.id().equals(company.id()) && rows.update(company);
    } catch (DuplicateKeyException e) {
      throw taken(company, e);
    }
    if (!current) {
      throw Refusal.stale("company", company.code(), company.version());
    }
    Company saved = get(company.code());
    audit.record("company.change", "company:" + saved.code(), before, saved);
    return saved;
  }

  private static Refusal taken(Company company, DuplicateKeyException e) {
    boolean prefix = String.valueOf(e.getMessage()).contains("company_number_prefix");
    return prefix
        ? Refusal.conflict(
            "numberPrefix", "'" + company.numberPrefix() + "' belongs to another company")
        : Refusal.conflict("code", "there is already a company '" + company.code() + "'");
  }
}
