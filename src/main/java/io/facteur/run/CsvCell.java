package io.facteur.run;

/** Cells of CSV files that people open in a spreadsheet. */
public final class CsvCell {

  private CsvCell() {}

  /** Spreadsheets take a text that begins so for a formula and would run it. Null stays null. */
  public static String safe(String cell) {
    boolean formula = cell != null && !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0;
    return formula && !isNumber(cell) ? "'" + cell : cell;
  }

  private static boolean isNumber(String cell) {
    return cell.matches("-?[0-9]+(\\.[0-9]+)?");
  }
}
