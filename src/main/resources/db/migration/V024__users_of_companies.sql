-- Users who see some companies only; without a row here a user sees all of them.
CREATE TABLE app_user_company (
  user_name  VARCHAR(60) NOT NULL,
  company_id BIGINT      NOT NULL,
  PRIMARY KEY (user_name, company_id),
  CONSTRAINT app_user_company_user FOREIGN KEY (user_name) REFERENCES app_user (name) ON DELETE CASCADE,
  CONSTRAINT app_user_company_company FOREIGN KEY (company_id) REFERENCES company (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
