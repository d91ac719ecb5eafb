-- ADDR-3, ADDR-4: documents that follow others, and billing and delivery addresses of a document's own.

ALTER TABLE document
  ADD COLUMN own_billing_address  JSON NULL COMMENT 'io.facteur.document.OwnAddress, in place of the contact''s' AFTER deliver_to,
  ADD COLUMN own_delivery_address JSON NULL COMMENT 'io.facteur.document.OwnAddress, in place of the delivery contact''s, if there is one' AFTER own_billing_address,
  ADD CONSTRAINT document_own_delivery CHECK (own_delivery_address IS NULL OR deliver_to IS NOT NULL),
  DROP CONSTRAINT document_payable,
  ADD CONSTRAINT document_payable CHECK (type IN ('REMINDER', 'PAYMENT_NOTICE')
    OR payable_amount = tax_inclusive_total - prepaid_amount + rounding_amount);

-- What a credit note says of an invoice's lines, other documents say of the lines that they carry over.
ALTER TABLE document_line
  DROP CONSTRAINT document_line_credited,
  CHANGE COLUMN credited_line preceding_line SMALLINT NULL
    COMMENT 'position of the preceding document''s line that is taken back or carried over; NULL: none, or made by hand',
  CHANGE COLUMN credited_quantity preceding_quantity DECIMAL(18, 6) NULL
    COMMENT 'part of that line''s quantity; 0: a credit note''s amount of it';
ALTER TABLE document_line
  ADD CONSTRAINT document_line_preceding CHECK ((preceding_line IS NULL) = (preceding_quantity IS NULL)
    AND (preceding_quantity IS NULL OR preceding_quantity IN (0, quantity)));

-- The bills that a reminder or payment notice is about.
CREATE TABLE stated_bill (
  document_id BIGINT         NOT NULL,
  bill_id     BIGINT         NOT NULL,
  open_amount DECIMAL(18, 2) NOT NULL COMMENT 'with VAT, less what was credited, when it was stated',
  PRIMARY KEY (document_id, bill_id),
  CONSTRAINT stated_by FOREIGN KEY (document_id) REFERENCES document (id) ON DELETE CASCADE,
  CONSTRAINT stated_bill FOREIGN KEY (bill_id) REFERENCES document (id),
  CONSTRAINT stated_open CHECK (open_amount > 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

DELIMITER //
-- The steps of io.facteur.document.DocumentChain.
CREATE TRIGGER document_follows BEFORE INSERT ON document FOR EACH ROW
BEGIN
  IF NEW.preceding_document_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM document p
      WHERE p.id = NEW.preceding_document_id AND p.state = 'ISSUED' AND p.company_id = NEW.company_id
        AND p.contact_id = NEW.contact_id AND p.currency = NEW.currency
        AND ((p.type = 'QUOTE' AND NEW.type IN ('ORDER', 'INVOICE'))
          OR (p.type = 'ORDER' AND NEW.type IN ('DELIVERY_NOTE', 'INVOICE'))
          OR (p.type = 'DELIVERY_NOTE' AND NEW.type = 'INVOICE')
          OR (p.type IN ('INVOICE', 'INSTALMENT', 'SETTLEMENT')
            AND NEW.type IN ('CREDIT_NOTE', 'REMINDER', 'PAYMENT_NOTICE')))) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a document follows only an issued one of its customer and currency, by the steps of the chain (ADDR-4)';
  END IF;
END //
-- A bill that is credited in whole no longer counts, which is decided under the preceding document's lock.
CREATE TRIGGER document_line_carried BEFORE INSERT ON document_line FOR EACH ROW
BEGIN
  IF NEW.preceding_line IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM document d
      JOIN document_line p ON p.document_id = d.preceding_document_id AND p.position = NEW.preceding_line
      WHERE d.id = NEW.document_id AND p.quantity * NEW.preceding_quantity >= 0
        AND ABS(p.quantity) >= ABS(NEW.preceding_quantity) + IF(d.type IN ('ORDER', 'DELIVERY_NOTE'), (
          SELECT COALESCE(SUM(ABS(l.preceding_quantity)), 0)
          FROM document f JOIN document_line l ON l.document_id = f.id AND l.preceding_line = NEW.preceding_line
          WHERE f.preceding_document_id = d.preceding_document_id AND f.type = d.type), 0)) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no more of a line can be carried over or taken back than there is (BILL-6)';
  END IF;
END //
CREATE TRIGGER stated_bill_added BEFORE INSERT ON stated_bill FOR EACH ROW
BEGIN
  IF (SELECT state FROM document WHERE id = NEW.document_id) = 'ISSUED' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'what an issued reminder states never changes (BILL-6)';
  END IF;
END //
CREATE TRIGGER stated_bill_frozen BEFORE UPDATE ON stated_bill FOR EACH ROW
BEGIN
  IF (SELECT state FROM document WHERE id = OLD.document_id) = 'ISSUED' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'what an issued reminder states never changes (BILL-6)';
  END IF;
END //
CREATE TRIGGER stated_bill_kept BEFORE DELETE ON stated_bill FOR EACH ROW
BEGIN
  IF (SELECT state FROM document WHERE id = OLD.document_id) = 'ISSUED' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'what an issued reminder states never changes (BILL-6)';
  END IF;
END //
DELIMITER ;
