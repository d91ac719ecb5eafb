package io.facteur.spool;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What a consumer needs to know of a file; written beside it as JSON, before it appears.
 *
 * @param file name of the file that it describes
 * @param documentType e.g. {@code INVOICE}
 * @param format the document's, e.g. {@code FACTUR_X}; {@code PDF} where nobody asked for one
 * @param address lines as on an envelope; empty if the channel has no postal address
 * @param pages null where they are not known
 * @param sizeBytes of the file
 * @param copy whether the document is marked as a copy
 * @param createdAt ISO 8601, UTC
 * @param route id of the route instance that made it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Manifest(
    String file,
    String mediaType,
    long sizeBytes,
    String sha256,
    Integer pages,
    String documentNumber,
    String documentType,
    String format,
    String language,
    boolean copy,
    String recipientName,
    List<String> address,
    String endpointScheme,
    String endpointId,
    long transmission,
    long delivery,
    int revision,
    String createdAt,
    String route) {}
