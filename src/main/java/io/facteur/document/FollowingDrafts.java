package io.facteur.document;

import io.facteur.document.CarriedQuantities.Place;
import io.facteur.party.Refusal;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * What must hold of drafts that follow other documents, decided while those are held: they carry
 * over no more of a line than is left, and remind of nothing that is not open.
 */
@Component
class FollowingDrafts {

  private final CarriedRows carriedRows;
  private final OpenAmounts openAmounts;

  FollowingDrafts(CarriedRows carriedRows, OpenAmounts openAmounts) {
    this.carriedRows = carriedRows;
    this.openAmounts = openAmounts;
  }

  /**
   * Checks the lines that are carried over.
   *
   * @param held the documents that the drafts follow, and all that these follow
   * @throws Refusal naming the line of which less is left
   */
  void refuseTooMuch(List<DraftRows.Row> rows, Collection<DocumentId> held) {
    if (rows.stream().noneMatch(FollowingDrafts::carries)) {
      return;
    }
    CarriedQuantities carried = carriedRows.load(held);
    for (int i = 0; i < rows.size(); i++) {
      if (carries(rows.get(i))) {
        refuseTooMuch(rows.get(i), carried, rows.size() == 1 ? "" : "documents[" + i + "].");
      }
    }
  }

  private static boolean carries(DraftRows.Row row) {
    return row.draft().lines().stream().anyMatch(line -> line.precedingLine() != null);
  }

  private static void refuseTooMuch(DraftRows.Row row, CarriedQuantities carried, String path) {
    DocumentType type = row.draft().type();
    for (int i = 0; i < row.draft().lines().size(); i++) {
      NewLine line = row.draft().lines().get(i);
      if (line.precedingLine() != null) {
        String field = path + "lines[" + i + "].";
        Place place = new Place(row.preceding().id(), line.precedingLine());
        if (!carried.has(place)) {
          throw Refusal.invalid(
              field + "precedingLine",
              row.preceding().number() + " has no line " + line.precedingLine());
        }
        carried.refuseMoreThanIsLeft(
            field + "quantity", place, type, line.quantity(), line.unitCode());
        carried.take(place, type, line.quantity(), "another of these documents");
      }
    }
  }

  /**
   * Those that state a bill with what is open of it, and statements with all that is open on the
   * account.
   *
   * @throws Refusal if nothing is
   */
  List<DraftRows.Row> withOpenAmounts(List<DraftRows.Row> rows) {
    Map<DocumentId, BigDecimal> open =
        openAmounts.of(
            rows.stream()
                .filter(FollowingDrafts::statesBill)
                .map(row -> row.preceding().id())
                .distinct()
                .toList());
    Map<OpenAmounts.Account, Map<DocumentId, BigDecimal>> accounts =
        openAmounts.ofAccounts(
            rows.stream()
                .filter(FollowingDrafts::statesAccount)
                .map(row -> row.contact().id())
                .distinct()
                .toList());
    return rows.stream()
        .map(row -> statesBill(row) ? withOpenAmount(row, open.get(row.preceding().id())) : row)
        .map(row -> statesAccount(row) ? withAccount(row, accounts) : row)
        .toList();
  }

  private static boolean statesAccount(DraftRows.Row row) {
    return row.draft().type() == DocumentType.STATEMENT;
  }

  private static DraftRows.Row withAccount(
      DraftRows.Row row, Map<OpenAmounts.Account, Map<DocumentId, BigDecimal>> accounts) {
    Map<DocumentId, BigDecimal> open =
        accounts.get(new OpenAmounts.Account(row.contact().id(), row.currency()));
    if (open == null) {
      throw Refusal.conflict(
          "contact", "nothing is open of %s in %s".formatted(row.contact().code(), row.currency()));
    }
    return row.stating(open);
  }

  private static boolean statesBill(DraftRows.Row row) {
    return DocumentChain.statesBill(row.draft().type());
  }

  private static DraftRows.Row withOpenAmount(DraftRows.Row row, BigDecimal open) {
    if (open.signum() <= 0) {
      throw Refusal.conflict("precedingDocument", "nothing is open of " + row.preceding().number());
    }
    return row.stating(Map.of(row.preceding().id(), open));
  }
}
