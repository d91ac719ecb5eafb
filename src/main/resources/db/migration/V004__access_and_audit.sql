-- Who may do what, who did what, and answers kept for repeated requests.

CREATE TABLE app_user (
  name          VARCHAR(60)  NOT NULL PRIMARY KEY,
  password_hash VARCHAR(200) NOT NULL,
  enabled       BOOLEAN      NOT NULL DEFAULT TRUE,
  created_at    DATETIME(6)  NOT NULL DEFAULT (UTC_TIMESTAMP(6))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE app_user_role (
  user_name VARCHAR(60) NOT NULL,
  role      VARCHAR(12) NOT NULL,
  PRIMARY KEY (user_name, role),
  CONSTRAINT app_user_role_user FOREIGN KEY (user_name) REFERENCES app_user (name) ON DELETE CASCADE,
  CONSTRAINT app_user_role_role CHECK (role IN ('clerk', 'print', 'integrator', 'auditor', 'admin'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE api_token (
  token_sha256 CHAR(64)     NOT NULL PRIMARY KEY,
  user_name    VARCHAR(60)  NOT NULL,
  label        VARCHAR(100) NOT NULL,
  created_at   DATETIME(6)  NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
  expires_at   DATETIME(6)  NULL,
  CONSTRAINT api_token_user FOREIGN KEY (user_name) REFERENCES app_user (name) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE idempotent_request (
  user_name    VARCHAR(60)  NOT NULL,
  request_key  VARCHAR(100) NOT NULL,
  operation    VARCHAR(200) NOT NULL COMMENT 'method and path',
  body_sha256  CHAR(64)     NOT NULL,
  status       SMALLINT     NULL COMMENT 'NULL while the first request is being answered',
  content_type VARCHAR(100) NULL,
  location     VARCHAR(300) NULL,
  response     MEDIUMTEXT   NULL,
  created_at   DATETIME(6)  NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
  PRIMARY KEY (user_name, request_key)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE audit_event (
  id         BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  at         DATETIME(6)  NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
  actor      VARCHAR(100) NOT NULL,
  action     VARCHAR(40)  NOT NULL,
  subject    VARCHAR(100) NOT NULL COMMENT 'e.g. contact:C-1001',
  old_values JSON         NULL,
  new_values JSON         NULL,
  KEY audit_event_at (at),
  KEY audit_event_subject (subject, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
