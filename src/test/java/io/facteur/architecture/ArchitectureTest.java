package io.facteur.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The structure that README.md and docs/ describe, held by the compiled code. */
class ArchitectureTest {

  private static final String ROOT = "io.facteur";
  private static final Path SOURCES = Path.of("src/main/java");

  /** Each package may use what stands before it, and nothing that stands after it. */
  private static final List<String> ORDER =
      List.of(
          "clock",
          "party",
          "contract",
          "document",
          "addressing",
          "metering",
          "billing",
          "dispatch",
          "delivery",
          "rendering",
          "channel",
          "spool",
          "recovery",
          "run",
          "privacy",
          "api",
          "camel",
          "check",
          "embedded");

  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void theReadmeNamesThePackagesInTheirOrder() throws IOException {
    assertThat(Files.readString(Path.of("README.md")))
        .contains(ORDER.stream().map("`%s`"::formatted).collect(Collectors.joining(", ")));
  }

  static Stream<String> packages() {
    return ORDER.stream();
  }

  @Test
  void everyPackageHasItsPlaceInTheOrder() {
    Set<String> found =
        CODE.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> !name.equals(ROOT))
            .map(ArchitectureTest::area)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(found).isEqualTo(new TreeSet<>(ORDER));
  }

  @ParameterizedTest
  @MethodSource("packages")
  void packageUsesOnlyWhatStandsBeforeIt(String name) {
    List<String> after = ORDER.subList(ORDER.indexOf(name) + 1, ORDER.size());
    DescribedPredicate<JavaClass> notYet =
        describe(
            "stand after it: " + after,
            type -> isOurs(type) && (isRoot(type) || after.contains(area(type.getPackageName()))));

    check(
        noClasses()
            .that()
            .resideInAPackage(within(name))
            .should()
            .dependOnClassesThat(notYet)
            .allowEmptyShould(false));
  }

  @Test
  void packagesHaveNoCycles() {
    check(slices().matching(ROOT + ".(**)").should().beFreeOfCycles());
  }

  @Test
  void onlyTheCamelPackageKnowsCamel() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(within("camel"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel.."));
  }

  /** Its parsers read no document types and no external entities. */
  @Test
  void onlyRenderingParsesXml() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(within("rendering"), "freemarker.core..", "org.apache.fop..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "javax.xml..", "org.xml.sax..", "org.w3c.dom..", "org.dom4j..", "net.sf.saxon.."));
  }

  @Test
  void nothingIsInjectedIntoFields() {
    check(NO_CLASSES_SHOULD_USE_FIELD_INJECTION);
  }

  @Test
  void logsGoThroughSlf4j() {
    check(NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING);
  }

  @Test
  void nothingWritesToTheTerminalPastTheLog() {
    // The password of the first start is shown once and must not be kept in any log. Whatever else
    // is for the terminal goes through a route (stream:out). --check has no log: it only prints.
    DescribedPredicate<JavaClass> firstPassword =
        nameMatching("io\\.facteur\\.(api\\.access\\.FirstUser|FacteurApplication)").forSubtype();

    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(
        CODE.that(DescribedPredicate.not(firstPassword)));
  }

  @Test
  void nothingSleeps() {
    // Before the application has begun there is nothing to schedule: the start itself waits for an
    // external database.
    DescribedPredicate<JavaClass> startWait =
        nameMatching("io\\.facteur\\.embedded\\.ExternalDatabase").forSubtype();

    check(
        noClasses()
            .that(DescribedPredicate.not(startWait))
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", long.class, int.class)
            .orShould()
            .callMethod(TimeUnit.class, "sleep", long.class));
  }

  @Test
  void timeComesFromAClock() {
    // These two only forget: files that a crash abandoned, by the file system's own times, and
    // passwords that fitted a moment ago.
    DescribedPredicate<JavaClass> forgetting =
        nameMatching(
                "io\\.facteur\\.(rendering\\.DocumentStore|api\\.access\\.RememberingPasswordEncoder)")
            .forSubtype();

    check(
        noClasses()
            .that(DescribedPredicate.not(forgetting))
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(OffsetDateTime.class, "now"));
  }

  @Test
  void everyPackageSaysWhatItIsFor() throws IOException {
    // These are described by their owners; we only add classes to them.
    List<Path> foreign =
        List.of(SOURCES.resolve("org/apache/fop/render/pdf"), SOURCES.resolve("freemarker/core"));
    try (Stream<Path> files = Files.walk(SOURCES)) {
      Set<Path> packages =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .map(Path::getParent)
              .filter(folder -> !foreign.contains(folder))
              .collect(Collectors.toCollection(TreeSet::new));

      assertThat(packages)
          .hasSizeGreaterThan(ORDER.size())
          .allSatisfy(folder -> assertThat(folder.resolve("package-info.java")).exists());
    }
  }

  private static void check(ArchRule rule) {
    rule.check(CODE);
  }

  private static String within(String name) {
    return ROOT + "." + name + "..";
  }

  private static boolean isOurs(JavaClass type) {
    return resideInAPackage(ROOT + "..").test(type);
  }

  private static boolean isRoot(JavaClass type) {
    return type.getPackageName().equals(ROOT);
  }

  /** The first word below the root: {@code io.facteur.api.access} belongs to {@code api}. */
  private static String area(String packageName) {
    return packageName.substring(ROOT.length() + 1).split("\\.", 2)[0];
  }
}
