-- DISP-6: what a plan is compared with.

-- The mailboxes that a company has mailed to, so that one that it never has can be looked at before: typing errors show
-- there. In small letters, as no mail server tells capitals apart.
CREATE TABLE used_mailbox (
  company_id    BIGINT       NOT NULL,
  mailbox       VARCHAR(254) NOT NULL,
  first_used_at DATETIME(6)  NOT NULL,
  PRIMARY KEY (company_id, mailbox),
  CONSTRAINT used_mailbox_company FOREIGN KEY (company_id) REFERENCES company (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

INSERT INTO used_mailbox (company_id, mailbox, first_used_at)
SELECT d.company_id, LOWER(m.address), MIN(v.changed_at)
FROM delivery v
JOIN document d ON d.id = v.document_id
JOIN JSON_TABLE(JSON_EXTRACT(v.recipient, '$.to[*]', '$.cc[*]', '$.bcc[*]'), '$[*]'
  COLUMNS (address VARCHAR(254) PATH '$')) m
WHERE v.state IN ('SENT', 'BOUNCED') AND m.address IS NOT NULL
GROUP BY d.company_id, LOWER(m.address);

-- Whoever says that a mail has gone, its mailboxes are known from then on, in the same transaction. One that is known
-- already is only read, without a lock; two that learn of a new one at once wait for each other only on that row, and
-- each transmission goes through its mailboxes in their order, so that no two wait in a circle. IGNORE: nothing about
-- this index may ever undo the record of an outcome.
DELIMITER //
CREATE TRIGGER delivery_mailboxes_used AFTER UPDATE ON delivery FOR EACH ROW
BEGIN
  IF NEW.state = 'SENT' AND OLD.state <> 'SENT' THEN
    INSERT IGNORE INTO used_mailbox (company_id, mailbox, first_used_at)
    SELECT d.company_id, LOWER(m.address), NEW.changed_at
    FROM document d
    JOIN JSON_TABLE(JSON_EXTRACT(NEW.recipient, '$.to[*]', '$.cc[*]', '$.bcc[*]'), '$[*]'
      COLUMNS (address VARCHAR(254) PATH '$')) m
    WHERE d.id = NEW.document_id AND m.address IS NOT NULL
      AND NOT EXISTS (
        SELECT 1 FROM used_mailbox u WHERE u.company_id = d.company_id AND u.mailbox = LOWER(m.address))
    ORDER BY LOWER(m.address);
  END IF;
END //
DELIMITER ;

-- How many customers have one mailbox.
ALTER TABLE contact
  ADD COLUMN general_email_key VARCHAR(254) AS (LOWER(general_email)) PERSISTENT,
  ADD KEY contact_general_email (company_id, general_email_key);
ALTER TABLE contact_document_mailbox
  ADD COLUMN address_key VARCHAR(254) AS (LOWER(address)) PERSISTENT,
  ADD KEY document_mailbox_address_key (address_key);
ALTER TABLE contact_reminder_address
  ADD COLUMN address_key VARCHAR(254) AS (LOWER(address)) PERSISTENT,
  ADD KEY reminder_address_key (address_key);

-- The last document of each contract.
ALTER TABLE document
  ADD KEY document_of_contract_issued (contract_id, issued_at);
