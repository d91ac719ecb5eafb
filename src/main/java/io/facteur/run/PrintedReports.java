package io.facteur.run;

import io.facteur.channel.MailDestination;
import io.facteur.document.RunId;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** A run's report for the terminal, with where to find what was sent (MAIL-5). */
@Component
@Lazy // where nothing is reported, nobody says where mails go
public class PrintedReports {

  private final RunReports reports;
  private final MailDestination mail;
  private final Path spool;
  private final Path outbox;
  private final Path archive;

  PrintedReports(
      RunReports reports,
      MailDestination mail,
      @Value("${facteur.spool}") Path spool,
      @Value("${facteur.outbox}") Path outbox,
      @Value("${facteur.archive}") Path archive) {
    this.reports = reports;
    this.mail = mail;
    this.spool = spool;
    this.outbox = outbox;
    this.archive = archive;
  }

  public String text(RunId run) {
    return """
        %sWhere to find it
          e-mail     %s
          post       %s
          e-invoice  %s
          archive    %s
        """
        .formatted(
            reports.report(run).toText() + "\n",
            mail.description(),
            absolute(spool),
            absolute(outbox),
            absolute(archive));
  }

  private static Path absolute(Path folder) {
    return folder.toAbsolutePath().normalize();
  }
}
