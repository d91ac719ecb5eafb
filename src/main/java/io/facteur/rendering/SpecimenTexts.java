package io.facteur.rendering;

import java.util.Locale;

/** What is said on specimens, in the language that they are printed in. */
record SpecimenTexts(
    String subscription, String energy, String work, String part, String allowance, String charge) {

  private static final String MORE =
      " – Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";

  static SpecimenTexts of(String language) {
    return switch (language.replaceFirst("[-_].*", "").toLowerCase(Locale.ROOT)) {
      case "de" ->
          new SpecimenTexts(
              "Grundgebühr Glasfaser 1 Gbit/s",
              "Strom, Niederspannung",
              "Arbeitszeit Techniker",
              "Ersatzteil Nr. ",
              "Treuerabatt",
              "Versandkosten");
      case "fr" ->
          new SpecimenTexts(
              "Abonnement fibre 1 Gbit/s",
              "Électricité, basse tension",
              "Main-d’œuvre technicien",
              "Pièce détachée n° ",
              "Remise de fidélité",
              "Frais d’expédition");
      case "it" ->
          new SpecimenTexts(
              "Abbonamento fibra 1 Gbit/s",
              "Elettricità, bassa tensione",
              "Manodopera tecnico",
              "Pezzo di ricambio n. ",
              "Sconto fedeltà",
              "Spese di spedizione");
      default ->
          new SpecimenTexts(
              "Fibre subscription 1 Gbit/s",
              "Electricity, low voltage",
              "Technician’s working time",
              "Spare part no. ",
              "Loyalty discount",
              "Shipping");
    };
  }

  String subscription(Specimen.Size size) {
    return size == Specimen.Size.LONG ? subscription + MORE : subscription;
  }

  String description(Specimen.Size size) {
    return size == Specimen.Size.LONG
        ? (work + ", " + energy + ", " + part + "12. ").repeat(6)
        : work;
  }

  String note(Specimen.Size size) {
    return size == Specimen.Size.LONG ? (subscription + ". " + energy + ". ").repeat(8) : energy;
  }

  String part(int number) {
    return part + number;
  }
}
