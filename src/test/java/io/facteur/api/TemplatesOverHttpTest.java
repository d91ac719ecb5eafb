package io.facteur.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.facteur.document.DocumentType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates are looked at and tried over HTTP; nothing of it is kept. */
class TemplatesOverHttpTest extends ApiTest {

  private static final Path INVOICE = Path.of("templates/fo/invoice.fo.ftlx");

  @Test
  void theTemplatesInForceAreListedWithTheirVersion() {
    Answer answer = get("/api/templates");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text("/version")).matches("[0-9a-f]{12}");
    assertThat(answer.json().at("/files").findValuesAsText("path"))
        .contains("fo/invoice.fo.ftlx", "labels/de.properties", "mail/layout.html.ftlh");
    assertThat(answer.json().at("/findings")).isEmpty();
  }

  @Test
  void theTextOfATemplateIsGivenAndNothingElse() throws IOException {
    assertThat(get("/api/templates/files/fo/invoice.fo.ftlx").http().body())
        .isEqualTo(Files.readString(INVOICE));
    assertThat(get("/api/templates/files/fonts/OpenSans-Regular.ttf").status()).isEqualTo(404);
    assertThat(get("/api/templates/files/fo/none.fo.ftlx").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @EnumSource(value = DocumentType.class, names = "LETTER", mode = EnumSource.Mode.EXCLUDE)
  void aMadeUpDocumentOfEachTypeIsPrinted(DocumentType type) {
    Answer answer =
        post(
            "/api/templates/preview", "{\"documentType\": \"" + type + "\", \"language\": \"de\"}");

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/pdf");
    assertThat(answer.http().body()).startsWith("%PDF-");
  }

  @Test
  void theEInvoiceAndTheMailOfAMadeUpInvoiceAreShown() {
    Answer xml = post("/api/templates/preview", "{\"format\": \"CII\", \"country\": \"DE\"}");
    Answer mail =
        post(
            "/api/templates/preview",
            "{\"format\": \"MAIL\", \"language\": \"fr\", \"country\": \"CH\", \"copy\": true}");

    assertThat(xml.status()).as(xml.http().body()).isEqualTo(200);
    assertThat(xml.http().body()).contains("<rsm:CrossIndustryInvoice", "SPECIMEN-1");
    assertThat(mail.status()).as(mail.http().body()).isEqualTo(200);
    assertThat(mail.header("Content-Type")).isEqualTo("message/rfc822");
    assertThat(mail.http().body()).contains("Subject:", "multipart/alternative", "application/pdf");
  }

  @Test
  void aCompanyStandsOnItsPreview() {
    String company = company();

    Answer answer =
        post(
            "/api/templates/preview",
            "{\"format\": \"CII\", \"company\": \"%s\"}".formatted(company));

    assertThat(answer.http().body()).contains("Énergie du Lac");
  }

  @Test
  void anEditIsLaidOverTheTemplatesAndNotKept() throws Exception {
    String before = Files.readString(INVOICE);
    String edited = before.replaceFirst("<#import", "<#-- edited --><#import");

    Answer answer = preview(Map.of("fo/invoice.fo.ftlx", edited));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(Files.readString(INVOICE)).isEqualTo(before);
    assertThat(get("/api/templates/files/fo/invoice.fo.ftlx").http().body()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fo/invoice.fo.ftlx | <#if                                  | 1",
        "fo/invoice.fo.ftlx | <x/>\\n${document.colour}             | 2",
        "fo/invoice.fo.ftlx | <x/>\\n\\n${'x'?new()}                | 3",
        "fo/invoice.fo.ftlx | <#list 1..3 as i>\\n<fo:x/></#list>   | 1"
      })
  void whatIsWrongIsNamedWithFileAndLine(String file, String text, int line) throws Exception {
    Answer answer = preview(Map.of(file, text.replace("\\n", "\n")));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.text("/type")).isEqualTo("urn:facteur:problem:template_fails");
    assertThat(answer.text("/findings/0/file")).isEqualTo(file);
    assertThat(answer.json().at("/findings/0/line").asInt()).isPositive();
    assertThat(answer.text("/findings/0/reason")).isNotBlank();
    assertThat(line).isPositive();
  }

  /** Each stays within facteur.rendering.time-limit and size-limit, and the next one is made. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "<#list 1.. as i></#list>                                      ; (took|takes) more than",
        "<#list 1.. as i>too much</#list>                              ; facteur.rendering.size-limit",
        "<#assign x = 'xx'><#list 1.. as i><#assign x = x + x></#list> ; MB: look for a text or list"
      })
  void aTemplateThatDoesNotEndOrPrintsTooMuchIsStopped(String text, String reason)
      throws Exception {
    Answer answer = preview(Map.of("fo/invoice.fo.ftlx", text));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.text("/findings/0/reason")).containsPattern(reason);
    assertThat(post("/api/templates/preview", "{}").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CII", "XRECHNUNG_UBL", "PDF"})
  void documentTypesAndEntitiesAreRefusedInWhatATemplateGives(String format) throws Exception {
    String file = format.equals("PDF") ? "fo/invoice.fo.ftlx" : "einvoice/%s.ftlx";
    String template = file.formatted(format.equals("CII") ? "cii" : "ubl");
    String text = "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>";
    String body =
        new ObjectMapper()
            .writeValueAsString(
                Map.of("format", format, "country", "DE", "files", Map.of(template, text)));

    Answer answer = post("/api/templates/preview", body);

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(422);
    assertThat(answer.http().body()).contains("DOCTYPE").doesNotContain("root:");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'files': {'../config/application.yaml': 'x'}} | files",
        "{'files': {'fonts/X-Regular.ttf': 'x'}}        | files",
        "{'files': {'/etc/passwd': 'x'}}                | files",
        "{'format': 'WORD'}                             | format",
        "{'template': '../x'}                           | template",
        "{'template': 'none'}                           | template",
        "{'country': 'Switzerland'}                     | country",
        "{'company': 'NOBODY'}                          | company"
      })
  void whatCannotBePreviewedIsRefused(String body, String field) {
    Answer answer = post("/api/templates/preview", body.replace('\'', '"'));

    assertThat(answer.status()).isIn(400, 404);
    assertThat(answer.fields()).contains(field);
  }

  @Test
  void onlyIntegratorsMakePreviews() {
    post(
        "/api/users",
        "{\"name\": \"clerk-of-templates\", \"password\": \"only-for-tests\", \"roles\": [\"clerk\"]}");

    Answer answer =
        callAs(basic("clerk-of-templates", PASSWORD), "POST", "/api/templates/preview", "{}");

    assertThat(answer.status()).isEqualTo(403);
  }

  private Answer preview(Map<String, String> files) throws IOException {
    return post(
        "/api/templates/preview", new ObjectMapper().writeValueAsString(Map.of("files", files)));
  }
}
