-- A database that was restored from an older backup is noticed, held, and compared with what the nodes have handed over since.

CREATE TABLE installation (
  id          TINYINT      NOT NULL PRIMARY KEY,
  uuid        CHAR(36)     NOT NULL COMMENT 'of this database and of every copy and backup of it',
  beat        BIGINT       NOT NULL COMMENT 'rises while any node runs; a node that has seen a higher one works on an older database',
  beat_at     DATETIME(6)  NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
  held_since  DATETIME(6)  NULL COMMENT 'nothing is claimed, issued or billed',
  held_reason VARCHAR(500) NULL,
  CONSTRAINT installation_one CHECK (id = 1),
  CONSTRAINT installation_held CHECK ((held_since IS NULL) = (held_reason IS NULL))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

INSERT INTO installation (id, uuid, beat) VALUES (1, UUID(), 0);

CREATE TABLE restoration (
  id                BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  from_beat         BIGINT       NOT NULL COMMENT 'of the database as it was found',
  to_beat           BIGINT       NOT NULL COMMENT 'from which it goes on, above all that any node can have seen',
  restored_to       DATETIME(6)  NOT NULL COMMENT 'when from_beat was: about when the backup was made',
  last_transmission BIGINT       NOT NULL COMMENT 'a higher id is of the lost time',
  found_at          DATETIME(6)  NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
  found_by          VARCHAR(80)  NOT NULL COMMENT 'node',
  released_at       DATETIME(6)  NULL,
  released_by       VARCHAR(100) NULL,
  CONSTRAINT restoration_beats CHECK (to_beat > from_beat),
  CONSTRAINT restoration_released CHECK ((released_at IS NULL) = (released_by IS NULL))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE restoration_node (
  restoration_id BIGINT      NOT NULL,
  node           VARCHAR(80) NOT NULL,
  collected_at   DATETIME(6) NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
  complete       BOOLEAN     NOT NULL COMMENT 'its journal goes back to the backup',
  PRIMARY KEY (restoration_id, node),
  CONSTRAINT restoration_node_of FOREIGN KEY (restoration_id) REFERENCES restoration (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- From the nodes' journals: what the restored database does not know to be handed over.
CREATE TABLE lost_hand_over (
  restoration_id  BIGINT       NOT NULL,
  transmission_id BIGINT       NOT NULL,
  node            VARCHAR(80)  NOT NULL,
  revision        INT          NULL,
  channel         VARCHAR(40)  NULL,
  document_number VARCHAR(40)  NULL,
  message_id      VARCHAR(255) NULL,
  file_name       VARCHAR(255) NULL,
  file_sha256     CHAR(64)     NULL,
  handed_over_at  DATETIME(6)  NOT NULL COMMENT 'by the node''s clock',
  outcome         VARCHAR(10)  NULL COMMENT 'NULL: none was heard',
  PRIMARY KEY (restoration_id, transmission_id),
  KEY lost_hand_over_document (document_number),
  CONSTRAINT lost_hand_over_of FOREIGN KEY (restoration_id) REFERENCES restoration (id),
  CONSTRAINT lost_hand_over_outcome CHECK (outcome IN ('SENT', 'SPOOLED', 'UNCERTAIN'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE lost_document (
  restoration_id BIGINT      NOT NULL,
  number         VARCHAR(40) NOT NULL,
  company_id     BIGINT      NOT NULL,
  series         VARCHAR(10) NOT NULL,
  series_year    SMALLINT    NOT NULL,
  sequence       BIGINT      NOT NULL,
  issue_date     DATE        NOT NULL,
  document_id    BIGINT      NOT NULL,
  contract_id    BIGINT      NULL,
  period_from    DATE        NULL,
  period_to      DATE        NULL,
  issued_at      DATETIME(6) NOT NULL COMMENT 'by the node''s clock',
  PRIMARY KEY (restoration_id, number),
  CONSTRAINT lost_document_of FOREIGN KEY (restoration_id) REFERENCES restoration (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE lost_file (
  restoration_id BIGINT       NOT NULL,
  place          VARCHAR(10)  NOT NULL COMMENT 'FOLDER of a consumer, or STORE of documents',
  name           VARCHAR(255) NOT NULL COMMENT 'in the store the SHA-256',
  lies_in        VARCHAR(500) NOT NULL,
  written_at     DATETIME(6)  NOT NULL,
  PRIMARY KEY (restoration_id, place, name),
  CONSTRAINT lost_file_of FOREIGN KEY (restoration_id) REFERENCES restoration (id),
  CONSTRAINT lost_file_place CHECK (place IN ('FOLDER', 'STORE'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
