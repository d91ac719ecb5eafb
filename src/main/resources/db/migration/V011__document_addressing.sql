-- ADDR-3, ADDR-4, ADDR-6: what a document says itself about its e-mail addresses. Without a row here it follows its
-- contact. A row without mailboxes: the document has no address, whatever the contact has by now.

CREATE TABLE document_addressing (
  document_id BIGINT       NOT NULL,
  role        VARCHAR(20)  NOT NULL,
  kind        VARCHAR(10)  NOT NULL COMMENT 'DOCUMENT: where it goes itself; REMINDER: where it goes as a reminder, or its reminders go',
  source      VARCHAR(12)  NOT NULL COMMENT 'CONTACT: kept from it when it changed; HAND: set on the document; PREDECESSOR: inherited',
  set_at      DATETIME(6)  NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
  set_by      VARCHAR(100) NOT NULL,
  PRIMARY KEY (document_id, role, kind),
  CONSTRAINT document_addressing_document FOREIGN KEY (document_id) REFERENCES document (id) ON DELETE CASCADE,
  CONSTRAINT document_addressing_role CHECK (role IN ('CONTRACTING_PARTY', 'DELIVERY_ADDRESS')),
  CONSTRAINT document_addressing_kind CHECK (kind IN ('DOCUMENT', 'REMINDER')),
  CONSTRAINT document_addressing_source CHECK (source IN ('CONTACT', 'HAND', 'PREDECESSOR'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Copies of the contact's present addresses said nothing of their own: until now the contact's counted.
DELETE FROM document_mailbox WHERE source = 'CONTACT';

INSERT INTO document_addressing (document_id, role, kind, source, set_at, set_by)
SELECT m.document_id, m.role, IF(m.field = 'REMINDER', 'REMINDER', 'DOCUMENT') AS kind, MIN(m.source),
       MIN(d.created_at), MIN(d.created_by)
FROM document_mailbox m JOIN document d ON d.id = m.document_id
GROUP BY m.document_id, m.role, kind;

ALTER TABLE document_mailbox
  DROP CONSTRAINT document_mailbox_source,
  DROP CONSTRAINT document_mailbox_role,
  DROP CONSTRAINT document_mailbox_field2,
  DROP FOREIGN KEY document_mailbox_document,
  DROP COLUMN source,
  ADD COLUMN kind VARCHAR(10) NOT NULL DEFAULT 'DOCUMENT' AFTER role,
  DROP PRIMARY KEY,
  ADD PRIMARY KEY (document_id, role, kind, field, position);
UPDATE document_mailbox SET kind = 'REMINDER', field = 'TO' WHERE field = 'REMINDER';
ALTER TABLE document_mailbox
  MODIFY COLUMN kind VARCHAR(10) NOT NULL,
  MODIFY COLUMN field VARCHAR(3) NOT NULL,
  ADD UNIQUE KEY document_mailbox_once (document_id, role, kind, address),
  ADD KEY document_mailbox_address (address),
  ADD CONSTRAINT document_mailbox_addressing FOREIGN KEY (document_id, role, kind)
    REFERENCES document_addressing (document_id, role, kind) ON DELETE CASCADE,
  ADD CONSTRAINT document_mailbox_field CHECK (field IN ('TO', 'CC', 'BCC'));

-- Sent by hand to addresses that are kept nowhere else (ADDR-6: while sending, "nothing").
ALTER TABLE delivery
  ADD COLUMN given_mailboxes JSON NULL COMMENT 'io.facteur.party.Mailboxes; NULL: by the rules' AFTER individual_address;
