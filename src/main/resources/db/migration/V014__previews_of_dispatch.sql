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

-- Whoever says that a mail has gone, its mailboxes are known from then on, in the same transaction. Those that are known
-- already, which is what almost all are, are only read, without a lock. Two mails that learn of the same one at once wait
-- for each other on that row; each adds its own in their order, so that no two wait in a circle. IGNORE: nothing about
-- this index may ever undo the record of an outcome.
DELIMITER //
CREATE TRIGGER delivery_mailboxes_used AFTER UPDATE ON delivery FOR EACH ROW
BEGIN
  DECLARE mailboxes LONGTEXT;
  DECLARE company BIGINT;
  DECLARE i INT DEFAULT 0;
  DECLARE is_new BOOLEAN DEFAULT FALSE;
  IF NEW.state = 'SENT' AND OLD.state <> 'SENT' THEN
    SET mailboxes = JSON_EXTRACT(NEW.recipient, '$.to[*]', '$.cc[*]', '$.bcc[*]');
    SET company = (SELECT company_id FROM document WHERE id = NEW.document_id);
    WHILE i < JSON_LENGTH(mailboxes) AND NOT is_new DO
      SET is_new = NOT EXISTS (
        SELECT 1 FROM used_mailbox
        WHERE company_id = company AND mailbox = LOWER(LEFT(JSON_VALUE(mailboxes, CONCAT('$[', i, ']')), 254)));
      SET i = i + 1;
    END WHILE;
    IF is_new AND JSON_LENGTH(mailboxes) = 1 THEN
      IF JSON_VALUE(mailboxes, '$[0]') IS NOT NULL THEN
        INSERT IGNORE INTO used_mailbox (company_id, mailbox, first_used_at)
        VALUES (company, LOWER(LEFT(JSON_VALUE(mailboxes, '$[0]'), 254)), NEW.changed_at);
      END IF;
    ELSEIF is_new THEN
      INSERT IGNORE INTO used_mailbox (company_id, mailbox, first_used_at)
      SELECT company, LOWER(m.address) AS mailbox, NEW.changed_at
      FROM JSON_TABLE(mailboxes, '$[*]' COLUMNS (address VARCHAR(254) PATH '$')) m
      WHERE m.address IS NOT NULL
      ORDER BY mailbox;
    END IF;
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
