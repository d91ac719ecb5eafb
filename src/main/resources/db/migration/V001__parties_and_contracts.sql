-- Companies, contacts, contracts and their dispatch definitions (ADDR-1, BILL-1, DISP-1).
-- Channels are named by the route files: no table lists them.

CREATE TABLE company (
  id                  BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  code                VARCHAR(20)  NOT NULL,
  name                VARCHAR(200) NOT NULL,
  street              VARCHAR(200) NOT NULL,
  postcode            VARCHAR(20)  NOT NULL,
  city                VARCHAR(100) NOT NULL,
  country             CHAR(2)      NOT NULL,
  vat_id              VARCHAR(30)  NOT NULL,
  registration_id     VARCHAR(60)  NULL,
  registration_scheme CHAR(4)      NULL COMMENT 'ISO 6523 ICD, e.g. 0002 = SIRENE',
  email               VARCHAR(254) NOT NULL COMMENT 'sender of mails, always usable for answers (MAIL-1)',
  phone               VARCHAR(40)  NULL,
  contact_name        VARCHAR(100) NULL,
  website             VARCHAR(200) NULL,
  iban                VARCHAR(34)  NOT NULL,
  bic                 VARCHAR(11)  NULL,
  bank_name           VARCHAR(100) NULL,
  currency            CHAR(3)      NOT NULL,
  language            VARCHAR(5)   NOT NULL,
  time_zone           VARCHAR(40)  NOT NULL,
  logo                VARCHAR(100) NULL COMMENT 'file name under templates/assets',
  number_prefix       VARCHAR(10)  NOT NULL COMMENT 'makes document numbers unique across companies',
  payment_days        SMALLINT     NOT NULL DEFAULT 30,
  default_channels    VARCHAR(200) NULL COMMENT 'DISP-4: ordered, the first that can be carried out; NULL: as configured',
  fallback_channel    VARCHAR(40)  NULL COMMENT 'DISP-5; NULL: as the route or the configuration says; NONE: no fallback',
  fixed_billing_date  DATE         NULL COMMENT 'billed as if it were this day, whatever the clock says (sample companies)',
  version             INT          NOT NULL DEFAULT 0,
  UNIQUE KEY company_code (code),
  UNIQUE KEY company_number_prefix (number_prefix),
  CONSTRAINT company_payment_days CHECK (payment_days BETWEEN 0 AND 365)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE contact (
  id                  BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  company_id          BIGINT       NOT NULL,
  code                VARCHAR(30)  NOT NULL,
  kind                VARCHAR(10)  NOT NULL,
  organisation_id     BIGINT       NULL COMMENT 'the contact that a person belongs to',
  primary_person      BOOLEAN      NOT NULL DEFAULT FALSE,
  name                VARCHAR(200) NOT NULL,
  additional_name     VARCHAR(200) NULL,
  street              VARCHAR(200) NULL,
  postcode            VARCHAR(20)  NULL,
  city                VARCHAR(100) NULL,
  country             CHAR(2)      NULL,
  language            VARCHAR(5)   NOT NULL,
  vat_id              VARCHAR(30)  NULL,
  registration_id     VARCHAR(60)  NULL,
  registration_scheme CHAR(4)      NULL,
  general_email       VARCHAR(254) NULL,
  endpoint_scheme     CHAR(4)      NULL COMMENT 'BT-49-1, ISO 6523 ICD or EAS code',
  endpoint_id         VARCHAR(100) NULL COMMENT 'BT-49, electronic address of the buyer',
  buyer_reference     VARCHAR(100) NULL COMMENT 'BT-10',
  paperless_refused   BOOLEAN      NOT NULL DEFAULT FALSE,
  version             INT          NOT NULL DEFAULT 0,
  UNIQUE KEY contact_code (code),
  UNIQUE KEY contact_of_company (company_id, id),
  CONSTRAINT contact_company FOREIGN KEY (company_id) REFERENCES company (id),
  CONSTRAINT contact_organisation FOREIGN KEY (company_id, organisation_id) REFERENCES contact (company_id, id),
  CONSTRAINT contact_kind CHECK (kind IN ('CUSTOMER', 'SUPPLIER', 'LEAD', 'PERSON')),
  CONSTRAINT contact_person CHECK ((kind = 'PERSON') OR (organisation_id IS NULL AND NOT primary_person)),
  CONSTRAINT contact_postal_address CHECK (
    (postcode IS NULL AND city IS NULL AND country IS NULL AND street IS NULL)
    OR (postcode IS NOT NULL AND city IS NOT NULL AND country IS NOT NULL)),
  CONSTRAINT contact_endpoint CHECK ((endpoint_scheme IS NULL) = (endpoint_id IS NULL))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- ADDR-1: document addresses, each set valid for a choice of document types.
CREATE TABLE contact_document_address (
  id         BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  contact_id BIGINT NOT NULL,
  CONSTRAINT document_address_contact FOREIGN KEY (contact_id) REFERENCES contact (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE contact_document_address_type (
  document_address_id BIGINT      NOT NULL,
  document_type       VARCHAR(20) NOT NULL,
  PRIMARY KEY (document_address_id, document_type),
  CONSTRAINT document_address_type_of FOREIGN KEY (document_address_id) REFERENCES contact_document_address (id) ON DELETE CASCADE,
  CONSTRAINT document_address_type CHECK (document_type IN
    ('QUOTE', 'ORDER', 'DELIVERY_NOTE', 'INVOICE', 'REMINDER', 'PURCHASE_ORDER'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE contact_document_mailbox (
  document_address_id BIGINT       NOT NULL,
  field               VARCHAR(3)   NOT NULL,
  position            SMALLINT     NOT NULL,
  address             VARCHAR(254) NOT NULL,
  PRIMARY KEY (document_address_id, field, position),
  UNIQUE KEY document_mailbox_once (document_address_id, field, address),
  CONSTRAINT document_mailbox_of FOREIGN KEY (document_address_id) REFERENCES contact_document_address (id) ON DELETE CASCADE,
  CONSTRAINT document_mailbox_field CHECK (field IN ('TO', 'CC', 'BCC'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE contact_reminder_address (
  contact_id BIGINT       NOT NULL,
  position   SMALLINT     NOT NULL,
  address    VARCHAR(254) NOT NULL,
  PRIMARY KEY (contact_id, position),
  UNIQUE KEY reminder_address_once (contact_id, address),
  CONSTRAINT reminder_address_contact FOREIGN KEY (contact_id) REFERENCES contact (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- DISP-2: only a PRIVATE e-mail place may become an individual address.
CREATE TABLE communication_place (
  id         BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  contact_id BIGINT       NOT NULL,
  kind       VARCHAR(10)  NOT NULL,
  place      VARCHAR(10)  NOT NULL,
  value      VARCHAR(254) NOT NULL,
  UNIQUE KEY communication_place_once (contact_id, kind, place, value),
  CONSTRAINT communication_place_contact FOREIGN KEY (contact_id) REFERENCES contact (id) ON DELETE CASCADE,
  CONSTRAINT communication_place_kind CHECK (kind IN ('EMAIL', 'PHONE', 'MOBILE', 'FAX')),
  CONSTRAINT communication_place_place CHECK (place IN ('PRIVATE', 'BUSINESS', 'OTHER'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE contract (
  id                   BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  company_id           BIGINT       NOT NULL,
  number               VARCHAR(40)  NOT NULL,
  contracting_party_id BIGINT       NOT NULL COMMENT 'role CONTRACTING_PARTY',
  delivery_address_id  BIGINT       NULL COMMENT 'role DELIVERY_ADDRESS',
  start_date           DATE         NOT NULL,
  end_date             DATE         NULL COMMENT 'last day, included',
  language             VARCHAR(5)   NULL COMMENT 'NULL: the contracting party''s',
  payment_days         SMALLINT     NULL COMMENT 'NULL: the company''s',
  buyer_reference      VARCHAR(100) NULL COMMENT 'BT-10; NULL: the contracting party''s',
  order_reference      VARCHAR(100) NULL COMMENT 'BT-13',
  print_queue          VARCHAR(40)  NULL,
  version              INT          NOT NULL DEFAULT 0,
  UNIQUE KEY contract_number (number),
  KEY contract_of_company (company_id, start_date),
  CONSTRAINT contract_company FOREIGN KEY (company_id) REFERENCES company (id),
  CONSTRAINT contract_contracting_party FOREIGN KEY (company_id, contracting_party_id) REFERENCES contact (company_id, id),
  CONSTRAINT contract_delivery_address FOREIGN KEY (company_id, delivery_address_id) REFERENCES contact (company_id, id),
  CONSTRAINT contract_dates CHECK (end_date IS NULL OR end_date >= start_date),
  CONSTRAINT contract_payment_days CHECK (payment_days IS NULL OR payment_days BETWEEN 0 AND 365)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- BILL-1: each contract's calendar is data; the Quartz triggers stand in the routes.
CREATE TABLE billing_schedule (
  contract_id     BIGINT      NOT NULL PRIMARY KEY,
  interval_months SMALLINT    NOT NULL COMMENT '1 monthly, 3 quarterly, 12 yearly',
  timing          VARCHAR(10) NOT NULL COMMENT 'ADVANCE: due on the first day of the period; ARREARS: on the day after its last',
  anchor_day      TINYINT     NOT NULL COMMENT 'day of the month on which periods begin; 31 = last day',
  billed_through  DATE        NULL COMMENT 'last day that is billed, here or elsewhere (BILL-2)',
  release_policy  VARCHAR(10) NOT NULL COMMENT 'BILL-6: ISSUE at once, or leave a DRAFT',
  CONSTRAINT billing_schedule_contract FOREIGN KEY (contract_id) REFERENCES contract (id) ON DELETE CASCADE,
  CONSTRAINT billing_schedule_interval CHECK (interval_months BETWEEN 1 AND 120),
  CONSTRAINT billing_schedule_timing CHECK (timing IN ('ADVANCE', 'ARREARS')),
  CONSTRAINT billing_schedule_anchor CHECK (anchor_day BETWEEN 1 AND 31),
  CONSTRAINT billing_schedule_policy CHECK (release_policy IN ('ISSUE', 'DRAFT'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE contract_line (
  id               BIGINT         NOT NULL AUTO_INCREMENT PRIMARY KEY,
  contract_id      BIGINT         NOT NULL,
  position         SMALLINT       NOT NULL,
  name             VARCHAR(200)   NOT NULL COMMENT 'BT-153',
  description      VARCHAR(1000)  NULL COMMENT 'BT-154',
  quantity         DECIMAL(18, 6) NOT NULL COMMENT 'BT-129',
  unit_code        VARCHAR(3)     NOT NULL COMMENT 'BT-130, UN/ECE Recommendation 20',
  unit_price       DECIMAL(18, 6) NOT NULL COMMENT 'BT-146',
  base_quantity    DECIMAL(18, 6) NOT NULL DEFAULT 1 COMMENT 'BT-149',
  discount_percent DECIMAL(5, 2)  NOT NULL DEFAULT 0 COMMENT 'BT-138',
  vat_category     VARCHAR(2)     NOT NULL COMMENT 'BT-151',
  vat_rate         DECIMAL(5, 2)  NOT NULL COMMENT 'BT-152, percent',
  exemption_reason VARCHAR(300)   NULL COMMENT 'BT-120',
  UNIQUE KEY contract_line_position (contract_id, position),
  CONSTRAINT contract_line_contract FOREIGN KEY (contract_id) REFERENCES contract (id) ON DELETE CASCADE,
  CONSTRAINT contract_line_quantity CHECK (quantity > 0),
  CONSTRAINT contract_line_price CHECK (unit_price >= 0 AND base_quantity > 0),
  CONSTRAINT contract_line_discount CHECK (discount_percent BETWEEN 0 AND 100),
  CONSTRAINT contract_line_category CHECK (vat_category IN ('S', 'Z', 'E', 'AE', 'K', 'G', 'O')),
  CONSTRAINT contract_line_rate CHECK ((vat_category = 'S' AND vat_rate > 0 AND vat_rate <= 100) OR (vat_category <> 'S' AND vat_rate = 0))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE dispatch_definition (
  id                 BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  contract_id        BIGINT       NOT NULL,
  domain             VARCHAR(10)  NOT NULL,
  channel            VARCHAR(40)  NOT NULL,
  role               VARCHAR(20)  NOT NULL,
  individual_address VARCHAR(254) NULL,
  format             VARCHAR(20)  NULL,
  language           VARCHAR(5)   NULL,
  template           VARCHAR(60)  NULL,
  is_copy            BOOLEAN      NOT NULL DEFAULT FALSE,
  valid_from         DATE         NULL,
  valid_to           DATE         NULL,
  version            INT          NOT NULL DEFAULT 0,
  recipient          VARCHAR(280) AS (IF(role = 'INDIVIDUAL', CONCAT('INDIVIDUAL:', individual_address), role)) PERSISTENT,
  UNIQUE KEY dispatch_definition_once (contract_id, domain, channel, recipient),
  CONSTRAINT dispatch_definition_contract FOREIGN KEY (contract_id) REFERENCES contract (id) ON DELETE CASCADE,
  CONSTRAINT dispatch_definition_domain CHECK (domain IN ('INVOICE', 'REMINDER', 'ORDER', 'PURCHASE', 'LETTER')),
  CONSTRAINT dispatch_definition_role CHECK (role IN ('CONTRACTING_PARTY', 'DELIVERY_ADDRESS', 'INDIVIDUAL')),
  CONSTRAINT dispatch_definition_individual CHECK ((role = 'INDIVIDUAL') = (individual_address IS NOT NULL)),
  CONSTRAINT dispatch_definition_validity CHECK (valid_from IS NULL OR valid_to IS NULL OR valid_to >= valid_from)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
