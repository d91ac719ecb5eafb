-- The ledger: deliveries, the transmissions that carry them, and every change of state with its evidence (DISP-7).

CREATE TABLE transmission (
  id            BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  channel       VARCHAR(40)  NOT NULL,
  route         VARCHAR(100) NOT NULL COMMENT 'direct: endpoint of the dispatch definition that carries it',
  state         VARCHAR(10)  NOT NULL,
  due_at        DATETIME(6)  NOT NULL,
  attempts      INT          NOT NULL DEFAULT 0 COMMENT 'how often it was begun',
  node          VARCHAR(80)  NULL COMMENT 'owner of the claim',
  lease_until   DATETIME(6)  NULL,
  fence         BIGINT       NOT NULL DEFAULT 0 COMMENT 'rises with each claim; every later write is conditional on it',
  marked_at     DATETIME(6)  NULL COMMENT 'committed just before the hand-over that cannot be taken back',
  unclear_write VARCHAR(10)  NULL COMMENT 'what a mark without outcome means: UNCERTAIN, or LOOK_AGAIN in the consumer''s folders',
  message_id    VARCHAR(255) NULL,
  file_name     VARCHAR(255) NULL,
  file_sha256   CHAR(64)     NULL,
  created_at    DATETIME(6)  NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
  UNIQUE KEY transmission_message_id (message_id),
  UNIQUE KEY transmission_file_name (file_name),
  KEY transmission_waiting (channel, state, due_at, id),
  KEY transmission_claimed (state, lease_until),
  KEY transmission_node (node, state),
  CONSTRAINT transmission_state CHECK (state IN ('WAITING', 'CLAIMED', 'ENDED')),
  CONSTRAINT transmission_claim CHECK ((state = 'CLAIMED') = (node IS NOT NULL) AND (node IS NULL) = (lease_until IS NULL)),
  CONSTRAINT transmission_unclear CHECK ((marked_at IS NULL) = (unclear_write IS NULL)
    AND (unclear_write IS NULL OR unclear_write IN ('UNCERTAIN', 'LOOK_AGAIN'))),
  CONSTRAINT transmission_file CHECK ((file_name IS NULL) = (file_sha256 IS NULL))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE delivery (
  id                 BIGINT        NOT NULL AUTO_INCREMENT PRIMARY KEY,
  document_id        BIGINT        NOT NULL,
  origin             VARCHAR(120)  NOT NULL COMMENT 'definition:12, default:EMAIL, fallback:CONTRACTING_PARTY, manual:<idempotency key>',
  revision           INT           NOT NULL DEFAULT 1 COMMENT 'rises only by an explicit resend (DISP-8)',
  transmission_id    BIGINT        NULL,
  domain             VARCHAR(10)   NOT NULL,
  channel            VARCHAR(40)   NOT NULL,
  role               VARCHAR(20)   NOT NULL,
  individual_address VARCHAR(254)  NULL,
  format             VARCHAR(20)   NULL,
  language           VARCHAR(5)    NULL,
  template           VARCHAR(60)   NULL,
  is_copy            BOOLEAN       NOT NULL DEFAULT FALSE,
  reaches            BOOLEAN       NOT NULL COMMENT 'whether, sent, it reaches its role: a copy and an archive do not (DISP-5)',
  recipient          JSON          NULL COMMENT 'frozen when sending begins (ADDR-9)',
  state              VARCHAR(12)   NOT NULL,
  retry_at           DATETIME(6)   NULL COMMENT 'only when FAILED: it will be tried again',
  reason             VARCHAR(2000) NULL,
  evidence           JSON          NULL COMMENT 'of the last change; all of them stand in delivery_event',
  actor              VARCHAR(100)  NOT NULL,
  created_at         DATETIME(6)   NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
  changed_at         DATETIME(6)   NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
  UNIQUE KEY delivery_once (document_id, origin, revision),
  KEY delivery_of_transmission (transmission_id),
  KEY delivery_state (state, channel),
  CONSTRAINT delivery_document FOREIGN KEY (document_id) REFERENCES document (id),
  CONSTRAINT delivery_transmission FOREIGN KEY (transmission_id) REFERENCES transmission (id),
  CONSTRAINT delivery_domain CHECK (domain IN ('INVOICE', 'REMINDER', 'ORDER', 'PURCHASE', 'LETTER')),
  CONSTRAINT delivery_role CHECK (role IN ('CONTRACTING_PARTY', 'DELIVERY_ADDRESS', 'INDIVIDUAL')),
  CONSTRAINT delivery_individual CHECK ((role = 'INDIVIDUAL') = (individual_address IS NOT NULL)),
  CONSTRAINT delivery_revision CHECK (revision >= 1),
  CONSTRAINT delivery_state CHECK (state IN ('PLANNED', 'QUEUED', 'SENDING', 'SENT', 'FAILED', 'UNCERTAIN', 'SKIPPED', 'CANCELLED',
    'BOUNCED', 'SPOOLED', 'CLAIMED', 'PRINTED', 'HANDED_OVER', 'ACCEPTED', 'REJECTED')),
  CONSTRAINT delivery_retry CHECK (retry_at IS NULL OR state = 'FAILED'),
  CONSTRAINT delivery_carried CHECK (transmission_id IS NOT NULL OR state IN ('PLANNED', 'SKIPPED', 'CANCELLED')),
  CONSTRAINT delivery_explained CHECK (state NOT IN ('SKIPPED', 'FAILED', 'UNCERTAIN', 'BOUNCED', 'REJECTED') OR reason IS NOT NULL)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE delivery_event (
  id          BIGINT        NOT NULL AUTO_INCREMENT PRIMARY KEY,
  delivery_id BIGINT        NOT NULL,
  at          DATETIME(6)   NOT NULL,
  state       VARCHAR(12)   NOT NULL,
  retry_at    DATETIME(6)   NULL,
  actor       VARCHAR(100)  NOT NULL,
  reason      VARCHAR(2000) NULL,
  evidence    JSON          NULL,
  KEY delivery_event_of (delivery_id, id),
  KEY delivery_event_at (at),
  CONSTRAINT delivery_event_delivery FOREIGN KEY (delivery_id) REFERENCES delivery (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Every change is recorded, whoever writes it: the history cannot be forgotten by a statement (DISP-7).
DELIMITER //
CREATE TRIGGER delivery_planned AFTER INSERT ON delivery FOR EACH ROW
BEGIN
  INSERT INTO delivery_event (delivery_id, at, state, retry_at, actor, reason, evidence)
  VALUES (NEW.id, NEW.changed_at, NEW.state, NEW.retry_at, NEW.actor, NEW.reason, NEW.evidence);
END //
CREATE TRIGGER delivery_changed AFTER UPDATE ON delivery FOR EACH ROW
BEGIN
  IF NEW.state <> OLD.state OR NOT (NEW.reason <=> OLD.reason) OR NOT (NEW.evidence <=> OLD.evidence)
      OR NOT (NEW.retry_at <=> OLD.retry_at) THEN
    INSERT INTO delivery_event (delivery_id, at, state, retry_at, actor, reason, evidence)
    VALUES (NEW.id, NEW.changed_at, NEW.state, NEW.retry_at, NEW.actor, NEW.reason, NEW.evidence);
  END IF;
END //
CREATE TRIGGER delivery_event_kept BEFORE UPDATE ON delivery_event FOR EACH ROW
BEGIN
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'history is only added to (DISP-7)';
END //
DELIMITER ;

-- One rendered file for each distinct variant of a document, in the content-addressed store.
CREATE TABLE rendition (
  id               BIGINT      NOT NULL AUTO_INCREMENT PRIMARY KEY,
  document_id      BIGINT      NOT NULL,
  format           VARCHAR(20) NOT NULL,
  language         VARCHAR(5)  NOT NULL,
  template         VARCHAR(60) NOT NULL,
  is_copy          BOOLEAN     NOT NULL,
  sha256           CHAR(64)    NOT NULL,
  size_bytes       BIGINT      NOT NULL,
  embeds_xml       BOOLEAN     NOT NULL COMMENT 'a PDF with the valid e-invoice XML inside',
  template_version CHAR(12)    NOT NULL COMMENT 'first characters of the SHA-256 over the templates that made it (ROUTE-6)',
  created_at       DATETIME(6) NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
  UNIQUE KEY rendition_once (document_id, format, language, template, is_copy),
  CONSTRAINT rendition_document FOREIGN KEY (document_id) REFERENCES document (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
