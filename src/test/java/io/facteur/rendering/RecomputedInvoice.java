package io.facteur.rendering;

import static java.math.RoundingMode.HALF_UP;
import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.rendering.XmlTerms.Invoice;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The amounts of a delivered e-invoice, computed once more from nothing but what stands in its
 * lines, allowances and charges, by the formulas of EN 16931 chapter 6.
 */
final class RecomputedInvoice {

  private static final BigDecimal HUNDRED = new BigDecimal(100);

  private final Invoice invoice;

  private RecomputedInvoice(Invoice invoice) {
    this.invoice = invoice;
  }

  /** Every amount in it is what it has to be. */
  static void assertRight(Invoice invoice) {
    new RecomputedInvoice(invoice).assertRight();
  }

  private void assertRight() {
    invoice.lines().forEach(RecomputedInvoice::assertLine);
    assertPercentages(invoice, "BT-94", "BT-93", "BT-92");
    assertPercentages(invoice, "BT-101", "BT-100", "BT-99");
    BigDecimal lines = sum(invoice.amounts("BT-131"));
    assertAmount("BT-106", lines);
    assertAmount("BT-107", sum(invoice.amounts("BT-92")));
    assertAmount("BT-108", sum(invoice.amounts("BT-99")));
    BigDecimal net = lines.subtract(invoice.amount("BT-107")).add(invoice.amount("BT-108"));
    assertAmount("BT-109", net);
    BigDecimal tax = vat();
    assertAmount("BT-110", tax);
    assertAmount("BT-112", net.add(tax));
    assertAmount(
        "BT-115", net.add(tax).subtract(invoice.amount("BT-113")).add(invoice.amount("BT-114")));
  }

  private static void assertLine(Invoice line) {
    BigDecimal base = line.one("BT-149") == null ? BigDecimal.ONE : line.amount("BT-149");
    BigDecimal gross =
        line.amount("BT-129").multiply(line.amount("BT-146")).divide(base, 2, HALF_UP);
    BigDecimal net = gross.subtract(sum(line.amounts("BT-136"))).add(sum(line.amounts("BT-141")));
    assertThat(line.amount("BT-131")).as("BT-131 of line %s", line.one("BT-126")).isEqualTo(net);
    assertPercentages(line, "BT-138", "BT-137", "BT-136");
    assertPercentages(line, "BT-143", "BT-142", "BT-141");
    for (BigDecimal one : line.amounts("BT-137")) {
      assertThat(one).as("BT-137 of line %s", line.one("BT-126")).isEqualTo(gross);
    }
  }

  /** Allowances without a percentage come without a base as well. */
  private static void assertPercentages(Invoice in, String percent, String base, String amount) {
    List<BigDecimal> percents = in.amounts(percent);
    List<BigDecimal> bases = in.amounts(base);
    List<BigDecimal> amounts = in.amounts(amount);
    assertThat(bases).as("%s for each %s", base, percent).hasSameSizeAs(percents);
    for (int i = 0; i < percents.size(); i++) {
      assertThat(amounts)
          .as("%s % of %s", percents.get(i), bases.get(i))
          .contains(bases.get(i).multiply(percents.get(i)).divide(HUNDRED, 2, HALF_UP));
    }
  }

  /** The sum of VAT, after the breakdown was compared. */
  private BigDecimal vat() {
    Map<String, BigDecimal> bases = new TreeMap<>();
    addAll(bases, 1, "BT-151", "BT-152", "BT-131");
    addAll(bases, -1, "BT-95", "BT-96", "BT-92");
    addAll(bases, 1, "BT-102", "BT-103", "BT-99");
    List<String> categories = invoice.all("BT-118");
    List<BigDecimal> rates = rates("BT-119", categories);
    Map<String, BigDecimal> stated = new TreeMap<>();
    BigDecimal sum = BigDecimal.ZERO.setScale(2);
    for (int i = 0; i < categories.size(); i++) {
      BigDecimal base = invoice.amounts("BT-116").get(i);
      BigDecimal tax = base.multiply(rates.get(i)).divide(HUNDRED, 2, HALF_UP);
      assertThat(invoice.amounts("BT-117").get(i))
          .as("BT-117 of %s %s", categories.get(i), rates.get(i))
          .isEqualTo(tax);
      assertThat(stated.put(key(categories.get(i), rates.get(i)), base)).isNull();
      sum = sum.add(tax);
    }
    assertThat(stated).as("BT-116 of each category and rate").isEqualTo(bases);
    return sum;
  }

  private void addAll(
      Map<String, BigDecimal> bases, int sign, String category, String rate, String amount) {
    List<String> categories = invoice.all(category);
    List<BigDecimal> rates = rates(rate, categories);
    List<BigDecimal> amounts = invoice.amounts(amount);
    assertThat(amounts).as("%s for each %s", amount, category).hasSameSizeAs(categories);
    for (int i = 0; i < categories.size(); i++) {
      bases.merge(
          key(categories.get(i), rates.get(i)),
          amounts.get(i).multiply(BigDecimal.valueOf(sign)),
          BigDecimal::add);
    }
  }

  /** Nobody tells a rate where VAT does not apply, and then everything is of that category. */
  private List<BigDecimal> rates(String term, List<String> categories) {
    return categories.contains("O")
        ? categories.stream().map(one -> BigDecimal.ZERO).toList()
        : invoice.amounts(term);
  }

  private static String key(String category, BigDecimal rate) {
    return category + " " + rate.setScale(2);
  }

  private void assertAmount(String term, BigDecimal expected) {
    assertThat(invoice.amount(term)).as(term).isEqualByComparingTo(expected);
  }

  private static BigDecimal sum(List<BigDecimal> amounts) {
    return amounts.stream().reduce(BigDecimal.ZERO.setScale(2), BigDecimal::add);
  }
}
