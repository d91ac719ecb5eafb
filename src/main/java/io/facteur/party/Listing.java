package io.facteur.party;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A filtered, sorted and paged query. Conditions and columns are texts of the program; whatever
 * comes from outside is bound, or looked up among the sortable properties.
 */
public final class Listing {

  private final String from;
  private final String key;
  private final Map<String, String> sortable;
  private final StringBuilder where = new StringBuilder("1 = 1");
  private final Map<String, Object> values = new HashMap<>();

  /**
   * @param from table with joins
   * @param key unique column that breaks ties, so that pages do not overlap
   * @param sortable property to column
   */
  public Listing(String from, String key, Map<String, String> sortable) {
    this.from = from;
    this.key = key;
    this.sortable = sortable;
  }

  /** Adds a condition with one parameter; an absent value adds none. */
  public Listing where(String condition, String parameter, Object value) {
    if (value != null) {
      where.append(" AND ").append(condition);
      values.put(parameter, value);
    }
    return this;
  }

  /** Leaves out what belongs to none of the companies; null: nothing. */
  public Listing ofCompanies(Set<CompanyId> companies, String column) {
    return where(
        column + " IN (:companies)",
        "companies",
        companies == null ? null : companies.stream().map(CompanyId::value).toList());
  }

  /** A pattern for {@code LIKE} that finds {@code text} anywhere; null for null. */
  public static String containing(String text) {
    return text == null
        ? null
        : "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
  }

  public <T> Page<T> page(JdbcClient jdbc, String columns, Paging paging, RowMapper<T> mapper) {
    String order = order(paging);
    long total =
        jdbc.sql("SELECT COUNT(*) FROM " + from + " WHERE " + where)
            .params(values)
            .query(Long.class)
            .single();
    var items =
        jdbc.sql(
                "SELECT %s FROM %s WHERE %s ORDER BY %s LIMIT :limit OFFSET :offset"
                    .formatted(columns, from, where, order))
            .params(values)
            .param("limit", paging.size())
            .param("offset", (long) paging.page() * paging.size())
            .query(mapper)
            .list();
    return new Page<>(items, paging.page(), paging.size(), total);
  }

  private String order(Paging paging) {
    Stream<String> wanted =
        paging.sort().stream()
            .map(sort -> column(sort.property()) + (sort.descending() ? " DESC" : ""));
    return Stream.concat(wanted, Stream.of(key)).collect(Collectors.joining(", "));
  }

  private String column(String property) {
    String column = sortable.get(property);
    if (column == null) {
      throw Refusal.invalid(
          "sort",
          "cannot sort by '"
              + property
              + "', only by "
              + String.join(", ", new TreeSet<>(sortable.keySet())));
    }
    return column;
  }
}
