-- GDPR art. 17: a contact can be erased. Its row stays, since documents that law makes one keep refer to it.
ALTER TABLE contact
  ADD COLUMN erased_at         DATETIME(6) NULL,
  ADD COLUMN erased_pseudonyms INT         NULL COMMENT 'how many addresses of its history have got a pseudonym',
  ADD CONSTRAINT contact_erased CHECK (erased_at IS NULL OR (name = 'erased' AND erased_pseudonyms IS NOT NULL
    AND NOT primary_person AND additional_name IS NULL AND street IS NULL AND postcode IS NULL AND city IS NULL
    AND country IS NULL AND vat_id IS NULL AND registration_id IS NULL AND registration_scheme IS NULL
    AND general_email IS NULL AND endpoint_id IS NULL AND buyer_reference IS NULL));

-- Who may change the history: a connection that has a row here, in the transaction that erases a contact. The row is
-- deleted before that transaction commits, and a failure takes it back with everything else: no other transaction, and
-- no later use of the connection, ever finds one.
CREATE TABLE erasure_permit (
  connection_id BIGINT NOT NULL PRIMARY KEY
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- DISP-5: addresses that nothing is mailed to, of a company.
CREATE TABLE suspended_address (
  id           BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  company_id   BIGINT       NOT NULL,
  address      VARCHAR(254) NOT NULL,
  address_key  VARCHAR(254) AS (LOWER(address)) PERSISTENT COMMENT 'no mail server tells capitals apart',
  reason       VARCHAR(200) NOT NULL COMMENT 'stands in the reasons of deliveries: names no address',
  evidence     JSON         NULL COMMENT 'what it rests on, e.g. a bounce; NULL: a person''s decision',
  since        DATETIME(6)  NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
  suspended_by VARCHAR(100) NOT NULL,
  UNIQUE KEY suspended_address_once (company_id, address_key),
  CONSTRAINT suspended_address_company FOREIGN KEY (company_id) REFERENCES company (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

DELIMITER //
-- An erasure is no change of the delivery: it adds nothing to the history.
DROP TRIGGER delivery_changed //
CREATE TRIGGER delivery_changed AFTER UPDATE ON delivery FOR EACH ROW
BEGIN
  IF NEW.state <> OLD.state OR NOT (NEW.retry_at <=> OLD.retry_at)
      OR ((NOT (NEW.reason <=> OLD.reason) OR NOT (NEW.evidence <=> OLD.evidence))
        AND NOT EXISTS (SELECT 1 FROM erasure_permit WHERE connection_id = CONNECTION_ID())) THEN
    INSERT INTO delivery_event (delivery_id, at, state, retry_at, actor, reason, evidence)
    VALUES (NEW.id, NEW.changed_at, NEW.state, NEW.retry_at, NEW.actor, NEW.reason, NEW.evidence);
  END IF;
END //
DROP TRIGGER delivery_event_kept //
CREATE TRIGGER delivery_event_kept BEFORE UPDATE ON delivery_event FOR EACH ROW
BEGIN
  IF NEW.id <> OLD.id OR NEW.delivery_id <> OLD.delivery_id OR NEW.at <> OLD.at OR NEW.state <> OLD.state
      OR NOT (NEW.retry_at <=> OLD.retry_at) OR NEW.actor <> OLD.actor
      OR NOT EXISTS (SELECT 1 FROM erasure_permit WHERE connection_id = CONNECTION_ID()) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'history is only added to (DISP-7)';
  END IF;
END //
CREATE TRIGGER delivery_event_never_deleted BEFORE DELETE ON delivery_event FOR EACH ROW
BEGIN
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'history is only added to (DISP-7)';
END //

-- Nothing new refers to an erased contact. Locking reads: an erasure that is under way is waited for. After the insert:
-- before it, MariaDB 11.4 refuses an INSERT ... SELECT of several rows, whatever the trigger does ("Column ... cannot be
-- null").
CREATE TRIGGER contract_added AFTER INSERT ON contract FOR EACH ROW
BEGIN
  IF EXISTS (SELECT 1 FROM contact WHERE id IN (NEW.contracting_party_id, NEW.delivery_address_id)
      AND erased_at IS NOT NULL LOCK IN SHARE MODE) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'an erased contact takes part in no new contract';
  END IF;
END //
CREATE TRIGGER contract_revived AFTER UPDATE ON contract FOR EACH ROW
BEGIN
  IF (NEW.contracting_party_id <> OLD.contracting_party_id OR NOT (NEW.delivery_address_id <=> OLD.delivery_address_id)
      OR NOT (NEW.end_date <=> OLD.end_date) OR (OLD.next_due IS NULL AND NEW.next_due IS NOT NULL))
      AND EXISTS (SELECT 1 FROM contact WHERE id IN (NEW.contracting_party_id, NEW.delivery_address_id)
        AND erased_at IS NOT NULL LOCK IN SHARE MODE) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a contract of an erased contact stays ended';
  END IF;
END //
-- An invoice that is kept can still turn out to be wrong: law wants it corrected (BILL-6).
CREATE TRIGGER document_for_erased AFTER INSERT ON document FOR EACH ROW
BEGIN
  IF (NEW.type <> 'CREDIT_NOTE' OR NEW.preceding_document_id IS NULL)
      AND EXISTS (SELECT 1 FROM contact WHERE id IN (NEW.contact_id, NEW.delivery_contact_id)
        AND erased_at IS NOT NULL LOCK IN SHARE MODE) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'an erased contact gets no new document but credit notes';
  END IF;
END //
CREATE TRIGGER document_address_of_erased AFTER INSERT ON contact_document_address FOR EACH ROW
BEGIN
  IF EXISTS (SELECT 1 FROM contact WHERE id = NEW.contact_id AND erased_at IS NOT NULL LOCK IN SHARE MODE) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'an erased contact gets no new address';
  END IF;
END //
CREATE TRIGGER reminder_address_of_erased AFTER INSERT ON contact_reminder_address FOR EACH ROW
BEGIN
  IF EXISTS (SELECT 1 FROM contact WHERE id = NEW.contact_id AND erased_at IS NOT NULL LOCK IN SHARE MODE) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'an erased contact gets no new address';
  END IF;
END //
CREATE TRIGGER document_addressing_of_erased AFTER INSERT ON document_addressing FOR EACH ROW
BEGIN
  IF EXISTS (SELECT 1 FROM document d JOIN contact c ON c.id =
        IF(NEW.role = 'DELIVERY_ADDRESS', COALESCE(d.delivery_contact_id, d.contact_id), d.contact_id)
      WHERE d.id = NEW.document_id AND c.erased_at IS NOT NULL) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'an erased contact gets no new address';
  END IF;
END //
CREATE TRIGGER place_of_erased AFTER INSERT ON communication_place FOR EACH ROW
BEGIN
  IF EXISTS (SELECT 1 FROM contact WHERE id = NEW.contact_id AND erased_at IS NOT NULL LOCK IN SHARE MODE) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'an erased contact gets no new address';
  END IF;
END //
DELIMITER ;
