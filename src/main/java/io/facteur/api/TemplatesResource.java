package io.facteur.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** The templates in force, in JSON. */
@Schema(name = "Templates")
record TemplatesResource(
    @Schema(description = "As each file's history names it (ROUTE-6).") String version,
    List<File> files,
    @Schema(
            description =
                "Why a later edit of the folder is not in force; empty if all that is there is.")
        List<Finding> findings) {

  /** A file. */
  @Schema(name = "TemplateFile")
  record File(
      @Schema(description = "Below the templates folder.", example = "fo/invoice.fo.ftlx")
          String path,
      int bytes) {}

  /** Something wrong. */
  @Schema(name = "TemplateFinding")
  record Finding(
      String file,
      @Schema(description = "Left out if no line is to blame.") Integer line,
      String reason) {}
}
