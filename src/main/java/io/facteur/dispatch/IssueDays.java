package io.facteur.dispatch;

import io.facteur.billing.BillingDay;
import io.facteur.document.IssueDates;
import io.facteur.party.Company;
import io.facteur.party.CompanyId;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Tells on which day's definitions documents go out: that of their issue, which for those that are
 * not issued would be the company's today.
 */
@Component
class IssueDays {

  private final BillingDay today;
  private final IssueDates dates;

  IssueDays(BillingDay today, IssueDates dates) {
    this.today = today;
    this.dates = dates;
  }

  /** The days of some documents. */
  record Known(Map<CompanyId, LocalDate> today, IssueDates.Known dates) {

    LocalDate day(PlanHead head) {
      return head.isIssued()
          ? head.frozen().date()
          : dates.date(head.company(), head.type(), today.get(head.company()));
    }
  }

  /** At most one query, whatever the number. */
  Known of(Collection<PlanHead> documents, Collection<Company> companies) {
    List<CompanyId> open =
        documents.stream()
            .filter(head -> !head.isIssued())
            .map(PlanHead::company)
            .distinct()
            .toList();
    return new Known(
        companies.stream().collect(Collectors.toMap(Company::id, today::today)), dates.of(open));
  }
}
