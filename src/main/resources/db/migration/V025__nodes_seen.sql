-- Nodes that have worked on this database: a restored one is not released before each has told what it knows.
CREATE TABLE node_seen (
  name    VARCHAR(80) NOT NULL PRIMARY KEY,
  seen_at DATETIME(6) NOT NULL DEFAULT (UTC_TIMESTAMP(6))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
