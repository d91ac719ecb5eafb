-- Documents with lines and VAT breakdown, number series, runs (BILL-2, BILL-3, BILL-6).

CREATE TABLE run (
  id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  kind        VARCHAR(20)  NOT NULL,
  company_id  BIGINT       NOT NULL,
  as_of       DATE         NOT NULL,
  state       VARCHAR(12)  NOT NULL,
  started_by  VARCHAR(100) NOT NULL,
  started_at  DATETIME(6)  NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
  finished_at DATETIME(6)  NULL,
  reported_at DATETIME(6)  NULL COMMENT 'when the report was last given out',
  KEY run_of_company (company_id, started_at),
  KEY run_state (state),
  CONSTRAINT run_company FOREIGN KEY (company_id) REFERENCES company (id),
  CONSTRAINT run_kind CHECK (kind IN ('BILLING', 'MAILING', 'GROUPED_MAILING', 'REMINDER', 'STATEMENT', 'PAPERLESS_LETTER')),
  CONSTRAINT run_state CHECK (state IN ('RUNNING', 'DISPATCHING', 'COMPLETED', 'FAILED')),
  CONSTRAINT run_finished CHECK ((state IN ('COMPLETED', 'FAILED')) = (finished_at IS NOT NULL))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- What a run could not do, beside its documents: a contract that is held, and why.
CREATE TABLE run_problem (
  id          BIGINT        NOT NULL AUTO_INCREMENT PRIMARY KEY,
  run_id      BIGINT        NOT NULL,
  contract_id BIGINT        NULL,
  reason      VARCHAR(1000) NOT NULL,
  CONSTRAINT run_problem_run FOREIGN KEY (run_id) REFERENCES run (id),
  CONSTRAINT run_problem_contract FOREIGN KEY (contract_id) REFERENCES contract (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE number_series (
  company_id      BIGINT      NOT NULL,
  series          VARCHAR(10) NOT NULL,
  year            SMALLINT    NOT NULL COMMENT 'of the issue date in the company''s time zone',
  last_sequence   BIGINT      NOT NULL DEFAULT 0,
  last_issue_date DATE        NULL,
  PRIMARY KEY (company_id, series, year),
  CONSTRAINT number_series_company FOREIGN KEY (company_id) REFERENCES company (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE document (
  id                    BIGINT         NOT NULL AUTO_INCREMENT PRIMARY KEY,
  company_id            BIGINT         NOT NULL,
  type                  VARCHAR(20)    NOT NULL,
  state                 VARCHAR(10)    NOT NULL,
  number                VARCHAR(40)    NULL,
  series                VARCHAR(10)    NOT NULL,
  series_year           SMALLINT       NULL,
  sequence              BIGINT         NULL,
  issue_date            DATE           NULL,
  due_date              DATE           NULL,
  payment_days          SMALLINT       NOT NULL,
  contract_id           BIGINT         NULL,
  period_from           DATE           NULL,
  period_to             DATE           NULL,
  contact_id            BIGINT         NOT NULL COMMENT 'role CONTRACTING_PARTY',
  delivery_contact_id   BIGINT         NULL COMMENT 'role DELIVERY_ADDRESS',
  preceding_document_id BIGINT         NULL COMMENT 'what a credit note corrects (BG-3), or the predecessor in the chain',
  run_id                BIGINT         NULL,
  currency              CHAR(3)        NOT NULL,
  language              VARCHAR(5)     NOT NULL,
  buyer_reference       VARCHAR(100)   NULL,
  order_reference       VARCHAR(100)   NULL,
  note                  VARCHAR(1000)  NULL,
  print_queue           VARCHAR(40)    NULL,
  seller                JSON           NOT NULL COMMENT 'io.facteur.document.Seller, frozen when issued',
  buyer                 JSON           NOT NULL COMMENT 'io.facteur.party.TradeParty, frozen when issued',
  deliver_to            JSON           NULL COMMENT 'io.facteur.party.TradeParty, frozen when issued',
  line_net_total        DECIMAL(18, 2) NOT NULL COMMENT 'BT-106',
  tax_exclusive_total   DECIMAL(18, 2) NOT NULL COMMENT 'BT-109',
  tax_total             DECIMAL(18, 2) NOT NULL COMMENT 'BT-110',
  tax_inclusive_total   DECIMAL(18, 2) NOT NULL COMMENT 'BT-112',
  prepaid_amount        DECIMAL(18, 2) NOT NULL DEFAULT 0 COMMENT 'BT-113',
  rounding_amount       DECIMAL(18, 2) NOT NULL DEFAULT 0 COMMENT 'BT-114',
  payable_amount        DECIMAL(18, 2) NOT NULL COMMENT 'BT-115',
  created_at            DATETIME(6)    NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
  created_by            VARCHAR(100)   NOT NULL,
  issued_at             DATETIME(6)    NULL,
  issued_by             VARCHAR(100)   NULL,
  version               INT            NOT NULL DEFAULT 0,
  UNIQUE KEY document_number (number),
  UNIQUE KEY document_sequence (company_id, series, series_year, sequence),
  UNIQUE KEY document_contract_period (contract_id, type, period_from),
  KEY document_of_run (run_id),
  KEY document_of_company (company_id, issue_date),
  KEY document_of_contact (contact_id),
  CONSTRAINT document_company FOREIGN KEY (company_id) REFERENCES company (id),
  CONSTRAINT document_contract FOREIGN KEY (contract_id) REFERENCES contract (id),
  CONSTRAINT document_contact FOREIGN KEY (company_id, contact_id) REFERENCES contact (company_id, id),
  CONSTRAINT document_delivery_contact FOREIGN KEY (company_id, delivery_contact_id) REFERENCES contact (company_id, id),
  CONSTRAINT document_preceding FOREIGN KEY (preceding_document_id) REFERENCES document (id),
  CONSTRAINT document_run FOREIGN KEY (run_id) REFERENCES run (id),
  CONSTRAINT document_type CHECK (type IN ('QUOTE', 'ORDER', 'DELIVERY_NOTE', 'INVOICE', 'CREDIT_NOTE', 'REMINDER',
    'PAYMENT_NOTICE', 'STATEMENT', 'PURCHASE_ORDER', 'LETTER')),
  CONSTRAINT document_state CHECK (state IN ('DRAFT', 'ISSUED')),
  CONSTRAINT document_issued CHECK ((state = 'ISSUED') = (number IS NOT NULL AND series_year IS NOT NULL
    AND sequence IS NOT NULL AND issue_date IS NOT NULL AND issued_at IS NOT NULL AND issued_by IS NOT NULL)),
  CONSTRAINT document_period CHECK ((period_from IS NULL) = (period_to IS NULL) AND (period_from IS NULL OR period_to >= period_from)),
  CONSTRAINT document_due CHECK (due_date IS NULL OR issue_date IS NULL OR due_date >= issue_date),
  CONSTRAINT document_tax_inclusive CHECK (tax_inclusive_total = tax_exclusive_total + tax_total),
  CONSTRAINT document_payable CHECK (payable_amount = tax_inclusive_total - prepaid_amount + rounding_amount)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE document_line (
  document_id      BIGINT         NOT NULL,
  position         SMALLINT       NOT NULL,
  name             VARCHAR(200)   NOT NULL COMMENT 'BT-153',
  description      VARCHAR(1000)  NULL COMMENT 'BT-154',
  quantity         DECIMAL(18, 6) NOT NULL COMMENT 'BT-129',
  unit_code        VARCHAR(3)     NOT NULL COMMENT 'BT-130',
  unit_price       DECIMAL(18, 6) NOT NULL COMMENT 'BT-146',
  base_quantity    DECIMAL(18, 6) NOT NULL DEFAULT 1 COMMENT 'BT-149',
  discount_percent DECIMAL(5, 2)  NOT NULL DEFAULT 0 COMMENT 'BT-138',
  discount_amount  DECIMAL(18, 2) NOT NULL DEFAULT 0 COMMENT 'BT-136',
  net_amount       DECIMAL(18, 2) NOT NULL COMMENT 'BT-131',
  vat_category     VARCHAR(2)     NOT NULL COMMENT 'BT-151',
  vat_rate         DECIMAL(5, 2)  NOT NULL COMMENT 'BT-152',
  exemption_reason VARCHAR(300)   NULL,
  PRIMARY KEY (document_id, position),
  CONSTRAINT document_line_document FOREIGN KEY (document_id) REFERENCES document (id) ON DELETE CASCADE,
  CONSTRAINT document_line_price CHECK (unit_price >= 0 AND base_quantity > 0),
  CONSTRAINT document_line_category CHECK (vat_category IN ('S', 'Z', 'E', 'AE', 'K', 'G', 'O'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE vat_breakdown (
  document_id      BIGINT         NOT NULL,
  category         VARCHAR(2)     NOT NULL COMMENT 'BT-118',
  rate             DECIMAL(5, 2)  NOT NULL COMMENT 'BT-119',
  taxable_amount   DECIMAL(18, 2) NOT NULL COMMENT 'BT-116',
  tax_amount       DECIMAL(18, 2) NOT NULL COMMENT 'BT-117',
  exemption_reason VARCHAR(300)   NULL COMMENT 'BT-120',
  PRIMARY KEY (document_id, category, rate),
  CONSTRAINT vat_breakdown_document FOREIGN KEY (document_id) REFERENCES document (id) ON DELETE CASCADE,
  CONSTRAINT vat_breakdown_category CHECK (category IN ('S', 'Z', 'E', 'AE', 'K', 'G', 'O'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- ADDR-2a, ADDR-3: e-mail addresses on a document. Not frozen when it is issued (BILL-6).
CREATE TABLE document_mailbox (
  document_id BIGINT       NOT NULL,
  role        VARCHAR(20)  NOT NULL,
  field       VARCHAR(8)   NOT NULL,
  position    SMALLINT     NOT NULL,
  address     VARCHAR(254) NOT NULL,
  source      VARCHAR(12)  NOT NULL COMMENT 'CONTACT: copied from it; HAND: set on the document; PREDECESSOR: inherited',
  PRIMARY KEY (document_id, role, field, position),
  CONSTRAINT document_mailbox_document FOREIGN KEY (document_id) REFERENCES document (id) ON DELETE CASCADE,
  CONSTRAINT document_mailbox_role CHECK (role IN ('CONTRACTING_PARTY', 'DELIVERY_ADDRESS')),
  CONSTRAINT document_mailbox_field2 CHECK (field IN ('TO', 'CC', 'BCC', 'REMINDER')),
  CONSTRAINT document_mailbox_source CHECK (source IN ('CONTACT', 'HAND', 'PREDECESSOR'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- BILL-6: an issued document never changes; it is corrected by a credit note.
DELIMITER //
CREATE TRIGGER document_frozen BEFORE UPDATE ON document FOR EACH ROW
BEGIN
  IF OLD.state = 'ISSUED' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'an issued document never changes: correct it by a credit note (BILL-6)';
  END IF;
END //
CREATE TRIGGER document_kept BEFORE DELETE ON document FOR EACH ROW
BEGIN
  IF OLD.state = 'ISSUED' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'an issued document is never deleted (BILL-6)';
  END IF;
END //
CREATE TRIGGER document_line_added BEFORE INSERT ON document_line FOR EACH ROW
BEGIN
  IF (SELECT state FROM document WHERE id = NEW.document_id) = 'ISSUED' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'lines of an issued document never change (BILL-6)';
  END IF;
END //
CREATE TRIGGER document_line_frozen BEFORE UPDATE ON document_line FOR EACH ROW
BEGIN
  IF (SELECT state FROM document WHERE id = OLD.document_id) = 'ISSUED' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'lines of an issued document never change (BILL-6)';
  END IF;
END //
CREATE TRIGGER document_line_kept BEFORE DELETE ON document_line FOR EACH ROW
BEGIN
  IF (SELECT state FROM document WHERE id = OLD.document_id) = 'ISSUED' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'lines of an issued document never change (BILL-6)';
  END IF;
END //
CREATE TRIGGER vat_breakdown_added BEFORE INSERT ON vat_breakdown FOR EACH ROW
BEGIN
  IF (SELECT state FROM document WHERE id = NEW.document_id) = 'ISSUED' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the VAT breakdown of an issued document never changes (BILL-6)';
  END IF;
END //
CREATE TRIGGER vat_breakdown_frozen BEFORE UPDATE ON vat_breakdown FOR EACH ROW
BEGIN
  IF (SELECT state FROM document WHERE id = OLD.document_id) = 'ISSUED' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the VAT breakdown of an issued document never changes (BILL-6)';
  END IF;
END //
CREATE TRIGGER vat_breakdown_kept BEFORE DELETE ON vat_breakdown FOR EACH ROW
BEGIN
  IF (SELECT state FROM document WHERE id = OLD.document_id) = 'ISSUED' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the VAT breakdown of an issued document never changes (BILL-6)';
  END IF;
END //
DELIMITER ;
