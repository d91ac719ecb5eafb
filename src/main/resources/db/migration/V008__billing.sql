-- Everything that subscription billing needs beside fixed lines (BILL-1, BILL-2, BILL-3, BILL-7).

ALTER TABLE company
  ADD COLUMN payable_rounding DECIMAL(4, 2) NULL COMMENT 'BT-114: amounts due are rounded to a multiple of it, e.g. 0.05; NULL: not rounded',
  ADD CONSTRAINT company_payable_rounding CHECK (payable_rounding IS NULL OR payable_rounding > 0);

-- What one unit of a foreign currency is worth in the company's own, from a day on (BT-111).
CREATE TABLE exchange_rate (
  company_id BIGINT         NOT NULL,
  currency   CHAR(3)        NOT NULL,
  valid_from DATE           NOT NULL,
  rate       DECIMAL(18, 8) NOT NULL,
  PRIMARY KEY (company_id, currency, valid_from),
  CONSTRAINT exchange_rate_company FOREIGN KEY (company_id) REFERENCES company (id),
  CONSTRAINT exchange_rate_positive CHECK (rate > 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

ALTER TABLE contract
  ADD COLUMN currency                 CHAR(3)        NULL COMMENT 'NULL: the company''s' AFTER end_date,
  ADD COLUMN minimum_amount           DECIMAL(18, 2) NULL COMMENT 'for a whole period, without VAT; less is made up for by a charge',
  ADD COLUMN minimum_vat_category     VARCHAR(2)     NULL,
  ADD COLUMN minimum_vat_rate         DECIMAL(5, 2)  NULL,
  ADD COLUMN minimum_exemption_reason VARCHAR(300)   NULL,
  ADD COLUMN next_due                 DATE           NULL COMMENT 'before this day nothing of it falls due; NULL: nothing ever will',
  ADD KEY contract_due (company_id, next_due, id),
  ADD CONSTRAINT contract_minimum CHECK ((minimum_amount IS NULL) = (minimum_vat_category IS NULL)
    AND (minimum_amount IS NULL) = (minimum_vat_rate IS NULL)
    AND (minimum_amount IS NULL OR minimum_amount > 0)),
  ADD CONSTRAINT contract_minimum_vat CHECK (minimum_vat_category IS NULL
    OR minimum_vat_category IN ('S', 'Z', 'E', 'AE', 'K', 'G', 'O'));

-- Not later than the true day: billing finds and notes that one.
UPDATE contract c JOIN billing_schedule s ON s.contract_id = c.id
SET c.next_due = COALESCE(s.billed_through + INTERVAL 1 DAY, c.start_date)
WHERE c.end_date IS NULL OR s.billed_through IS NULL OR s.billed_through < c.end_date;

ALTER TABLE contract_line
  ADD COLUMN kind           VARCHAR(10)    NOT NULL DEFAULT 'FIXED' AFTER position,
  ADD COLUMN meter          VARCHAR(40)    NULL AFTER kind,
  MODIFY COLUMN quantity    DECIMAL(18, 6) NULL COMMENT 'BT-129 of a whole period; NULL: metered',
  ADD COLUMN minimum_amount DECIMAL(18, 2) NULL COMMENT 'for a whole period, without VAT; less is made up for by a charge',
  ADD COLUMN valid_from     DATE           NULL,
  ADD COLUMN valid_to       DATE           NULL COMMENT 'last day, included',
  ADD CONSTRAINT contract_line_kind CHECK (kind IN ('FIXED', 'METERED', 'INSTALMENT')),
  ADD CONSTRAINT contract_line_meter CHECK ((kind = 'METERED') = (meter IS NOT NULL)),
  ADD CONSTRAINT contract_line_metered CHECK ((kind = 'METERED') = (quantity IS NULL)),
  ADD CONSTRAINT contract_line_minimum CHECK (minimum_amount IS NULL OR minimum_amount > 0),
  ADD CONSTRAINT contract_line_validity CHECK (valid_from IS NULL OR valid_to IS NULL OR valid_to >= valid_from);

-- A line's price from a day on, instead of the one on the line; open: until the next begins.
CREATE TABLE contract_line_price (
  contract_id   BIGINT         NOT NULL,
  line_position SMALLINT       NOT NULL,
  valid_from    DATE           NOT NULL,
  valid_to      DATE           NULL COMMENT 'last day, included',
  unit_price    DECIMAL(18, 6) NOT NULL COMMENT 'BT-146',
  vat_rate      DECIMAL(5, 2)  NULL COMMENT 'BT-152; NULL: the line''s',
  PRIMARY KEY (contract_id, line_position, valid_from),
  CONSTRAINT line_price_of FOREIGN KEY (contract_id, line_position) REFERENCES contract_line (contract_id, position) ON DELETE CASCADE,
  CONSTRAINT line_price_not_negative CHECK (unit_price >= 0),
  CONSTRAINT line_price_validity CHECK (valid_to IS NULL OR valid_to >= valid_from)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Allowances and charges (BG-20, BG-21, BG-27, BG-28) of a contract's lines and of its documents as a whole.
CREATE TABLE contract_allowance (
  contract_id      BIGINT         NOT NULL,
  line_position    SMALLINT       NOT NULL COMMENT '0: of the document as a whole',
  position         SMALLINT       NOT NULL,
  is_charge        BOOLEAN        NOT NULL,
  percent          DECIMAL(5, 2)  NULL,
  amount           DECIMAL(18, 2) NULL COMMENT 'for a whole period',
  reason           VARCHAR(100)   NOT NULL,
  reason_code      VARCHAR(4)     NULL COMMENT 'UNTDID 5189 (allowance) or 7161 (charge)',
  vat_category     VARCHAR(2)     NULL COMMENT 'only where an amount is for the document as a whole',
  vat_rate         DECIMAL(5, 2)  NULL,
  exemption_reason VARCHAR(300)   NULL,
  valid_from       DATE           NULL,
  valid_to         DATE           NULL COMMENT 'last day, included',
  PRIMARY KEY (contract_id, line_position, position),
  CONSTRAINT contract_allowance_of FOREIGN KEY (contract_id) REFERENCES contract (id) ON DELETE CASCADE,
  CONSTRAINT contract_allowance_value CHECK ((percent IS NULL) <> (amount IS NULL)),
  CONSTRAINT contract_allowance_vat CHECK ((vat_category IS NOT NULL) = (line_position = 0 AND amount IS NOT NULL)
    AND (vat_category IS NULL) = (vat_rate IS NULL)),
  CONSTRAINT contract_allowance_validity CHECK (valid_from IS NULL OR valid_to IS NULL OR valid_to >= valid_from)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Days for which nothing is billed.
CREATE TABLE contract_pause (
  contract_id BIGINT NOT NULL,
  from_date   DATE   NOT NULL,
  to_date     DATE   NULL COMMENT 'last day, included; NULL: until further notice',
  PRIMARY KEY (contract_id, from_date),
  CONSTRAINT contract_pause_of FOREIGN KEY (contract_id) REFERENCES contract (id) ON DELETE CASCADE,
  CONSTRAINT contract_pause_dates CHECK (to_date IS NULL OR to_date >= from_date)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- BILL-7: instalments are billed in advance for parts of the period that the schedule settles.
CREATE TABLE instalment_plan (
  contract_id     BIGINT   NOT NULL PRIMARY KEY,
  interval_months SMALLINT NOT NULL,
  billed_through  DATE     NULL COMMENT 'last day of the last instalment''s period, billed here or elsewhere',
  CONSTRAINT instalment_plan_of FOREIGN KEY (contract_id) REFERENCES contract (id) ON DELETE CASCADE,
  CONSTRAINT instalment_plan_interval CHECK (interval_months BETWEEN 1 AND 60)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

ALTER TABLE document
  ADD COLUMN allowance_total   DECIMAL(18, 2) NOT NULL DEFAULT 0 COMMENT 'BT-107' AFTER line_net_total,
  ADD COLUMN charge_total      DECIMAL(18, 2) NOT NULL DEFAULT 0 COMMENT 'BT-108' AFTER allowance_total,
  ADD COLUMN tax_currency      CHAR(3)        NULL COMMENT 'BT-6: the company''s, where the document is in another' AFTER tax_total,
  ADD COLUMN exchange_rate     DECIMAL(18, 8) NULL COMMENT 'units of the tax currency for one of the document''s' AFTER tax_currency,
  ADD COLUMN accounting_tax    DECIMAL(18, 2) NULL COMMENT 'BT-111' AFTER exchange_rate,
  ADD COLUMN billing_revision  SMALLINT       NOT NULL DEFAULT 0 COMMENT 'rises where a period is billed again after it was credited in whole',
  ADD COLUMN billed_from       DATE AS (IF(type IN ('INVOICE', 'INSTALMENT', 'SETTLEMENT'), period_from, NULL)) PERSISTENT,
  ADD UNIQUE KEY document_billed_once (contract_id, type, billed_from, billing_revision),
  DROP KEY document_contract_period,
  DROP CONSTRAINT document_type,
  ADD CONSTRAINT document_type CHECK (type IN ('QUOTE', 'ORDER', 'DELIVERY_NOTE', 'INVOICE', 'INSTALMENT', 'SETTLEMENT',
    'CREDIT_NOTE', 'REMINDER', 'PAYMENT_NOTICE', 'STATEMENT', 'PURCHASE_ORDER', 'LETTER')),
  ADD CONSTRAINT document_tax_exclusive CHECK (tax_exclusive_total = line_net_total - allowance_total + charge_total),
  ADD CONSTRAINT document_tax_currency CHECK ((tax_currency IS NULL) = (exchange_rate IS NULL)
    AND (tax_currency IS NULL) = (accounting_tax IS NULL));

ALTER TABLE document_line
  ADD COLUMN period_from DATE NULL COMMENT 'BT-134',
  ADD COLUMN period_to   DATE NULL COMMENT 'BT-135',
  ADD CONSTRAINT document_line_period CHECK ((period_from IS NULL) = (period_to IS NULL)
    AND (period_from IS NULL OR period_to >= period_from));

-- Allowances and charges of a document's lines (BG-27, BG-28) and of the document as a whole (BG-20, BG-21).
CREATE TABLE document_allowance (
  document_id      BIGINT         NOT NULL,
  line_position    SMALLINT       NOT NULL COMMENT '0: of the document as a whole',
  position         SMALLINT       NOT NULL,
  is_charge        BOOLEAN        NOT NULL,
  percent          DECIMAL(5, 2)  NULL COMMENT 'BT-94, BT-101, BT-138, BT-143',
  base_amount      DECIMAL(18, 2) NULL COMMENT 'BT-93, BT-100, BT-137, BT-142; what the percentage is of',
  amount           DECIMAL(18, 2) NOT NULL COMMENT 'BT-92, BT-99, BT-136, BT-141',
  reason           VARCHAR(100)   NOT NULL COMMENT 'BT-97, BT-104, BT-139, BT-144',
  reason_code      VARCHAR(4)     NULL COMMENT 'BT-98, BT-105, BT-140, BT-145',
  vat_category     VARCHAR(2)     NULL COMMENT 'BT-95, BT-102; NULL: the line''s',
  vat_rate         DECIMAL(5, 2)  NULL COMMENT 'BT-96, BT-103',
  exemption_reason VARCHAR(300)   NULL,
  PRIMARY KEY (document_id, line_position, position),
  CONSTRAINT document_allowance_document FOREIGN KEY (document_id) REFERENCES document (id) ON DELETE CASCADE,
  CONSTRAINT document_allowance_percent CHECK ((percent IS NULL) = (base_amount IS NULL)),
  CONSTRAINT document_allowance_vat CHECK ((line_position = 0) = (vat_category IS NOT NULL)
    AND (vat_category IS NULL) = (vat_rate IS NULL))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- BILL-7: which instalments a settlement deducts, each once, and with what amount (part of BT-113).
CREATE TABLE settled_instalment (
  settlement_id    BIGINT         NOT NULL,
  instalment_id    BIGINT         NOT NULL,
  amount           DECIMAL(18, 2) NOT NULL COMMENT 'with VAT, less what was credited',
  billing_revision SMALLINT       NOT NULL DEFAULT 0 COMMENT 'of the settlement',
  PRIMARY KEY (settlement_id, instalment_id),
  UNIQUE KEY settled_once (instalment_id, billing_revision),
  CONSTRAINT settled_by FOREIGN KEY (settlement_id) REFERENCES document (id) ON DELETE CASCADE,
  CONSTRAINT settled_instalment FOREIGN KEY (instalment_id) REFERENCES document (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Quantities of meters for periods. A later one replaces an unbilled one, or corrects a billed one.
CREATE TABLE metered_quantity (
  id           BIGINT         NOT NULL AUTO_INCREMENT PRIMARY KEY,
  contract_id  BIGINT         NOT NULL,
  meter        VARCHAR(40)    NOT NULL,
  period_from  DATE           NOT NULL,
  period_to    DATE           NOT NULL COMMENT 'last day, included',
  quantity     DECIMAL(18, 6) NOT NULL,
  revision     INT            NOT NULL DEFAULT 0 COMMENT 'rises with each later quantity for the same days',
  replaced     BOOLEAN        NOT NULL DEFAULT FALSE COMMENT 'by a later one, before it was billed',
  corrects_id  BIGINT         NULL COMMENT 'the billed quantity whose difference to this one is still to be billed',
  document_id  BIGINT         NULL COMMENT 'that bills it; NULL: not billed',
  received_at  DATETIME(6)    NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
  received_by  VARCHAR(100)   NOT NULL,
  UNIQUE KEY metered_quantity_once (contract_id, meter, period_from, period_to, revision),
  KEY metered_quantity_document (document_id),
  CONSTRAINT metered_quantity_contract FOREIGN KEY (contract_id) REFERENCES contract (id),
  CONSTRAINT metered_quantity_corrects FOREIGN KEY (corrects_id) REFERENCES metered_quantity (id),
  CONSTRAINT metered_quantity_document FOREIGN KEY (document_id) REFERENCES document (id) ON DELETE SET NULL,
  CONSTRAINT metered_quantity_period CHECK (period_to >= period_from)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

DELIMITER //
CREATE TRIGGER document_allowance_added BEFORE INSERT ON document_allowance FOR EACH ROW
BEGIN
  IF (SELECT state FROM document WHERE id = NEW.document_id) = 'ISSUED' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'allowances and charges of an issued document never change (BILL-6)';
  END IF;
END //
CREATE TRIGGER document_allowance_frozen BEFORE UPDATE ON document_allowance FOR EACH ROW
BEGIN
  IF (SELECT state FROM document WHERE id = OLD.document_id) = 'ISSUED' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'allowances and charges of an issued document never change (BILL-6)';
  END IF;
END //
CREATE TRIGGER document_allowance_kept BEFORE DELETE ON document_allowance FOR EACH ROW
BEGIN
  IF (SELECT state FROM document WHERE id = OLD.document_id) = 'ISSUED' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'allowances and charges of an issued document never change (BILL-6)';
  END IF;
END //
CREATE TRIGGER settled_instalment_added BEFORE INSERT ON settled_instalment FOR EACH ROW
BEGIN
  IF (SELECT state FROM document WHERE id = NEW.settlement_id) = 'ISSUED' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'what an issued settlement deducts never changes (BILL-6)';
  END IF;
END //
CREATE TRIGGER settled_instalment_frozen BEFORE UPDATE ON settled_instalment FOR EACH ROW
BEGIN
  IF (SELECT state FROM document WHERE id = OLD.settlement_id) = 'ISSUED' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'what an issued settlement deducts never changes (BILL-6)';
  END IF;
END //
CREATE TRIGGER settled_instalment_kept BEFORE DELETE ON settled_instalment FOR EACH ROW
BEGIN
  IF (SELECT state FROM document WHERE id = OLD.settlement_id) = 'ISSUED' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'what an issued settlement deducts never changes (BILL-6)';
  END IF;
END //
DELIMITER ;
