-- What e-invoices and payment slips need beside what stood there: identifiers and notes of the company, a payee,
-- Swiss QR references, direct debit, the day of delivery (EINV-1).

ALTER TABLE company
  ADD COLUMN endpoint_scheme     CHAR(4)      NULL COMMENT 'BT-34-1, EAS code; NULL: EM, with the e-mail address' AFTER registration_scheme,
  ADD COLUMN endpoint_id         VARCHAR(100) NULL COMMENT 'BT-34' AFTER endpoint_scheme,
  ADD COLUMN tax_number          VARCHAR(60)  NULL COMMENT 'BT-32, of the local tax office' AFTER vat_id,
  ADD COLUMN qr_iban             VARCHAR(34)  NULL COMMENT 'for bills in CHF or EUR with a QR reference' AFTER bank_name,
  ADD COLUMN qr_reference_prefix VARCHAR(12)  NULL COMMENT 'digits that the bank wants before ours' AFTER qr_iban,
  ADD COLUMN epc_qr_code         BOOLEAN      NOT NULL DEFAULT FALSE COMMENT 'on bills in EUR' AFTER qr_reference_prefix,
  ADD COLUMN creditor_id         VARCHAR(35)  NULL COMMENT 'BT-90, for SEPA direct debit' AFTER epc_qr_code,
  ADD COLUMN payee               JSON         NULL COMMENT 'io.facteur.party.Payee, BG-10; NULL: the company itself' AFTER creditor_id,
  ADD COLUMN notes               JSON         NULL COMMENT 'io.facteur.party.LegalNote[], BG-1' AFTER payee,
  ADD CONSTRAINT company_endpoint CHECK ((endpoint_scheme IS NULL) = (endpoint_id IS NULL));

ALTER TABLE contact
  ADD COLUMN mandate_reference VARCHAR(35) NULL COMMENT 'BT-89; its bills are collected by SEPA direct debit',
  ADD COLUMN mandate_iban      VARCHAR(34) NULL COMMENT 'BT-91',
  ADD COLUMN mandate_signed_on DATE        NULL,
  ADD CONSTRAINT contact_mandate CHECK ((mandate_reference IS NULL) = (mandate_iban IS NULL));

ALTER TABLE document
  ADD COLUMN delivery_date DATE NULL COMMENT 'BT-72' AFTER period_to,
  ADD COLUMN mandate       JSON NULL COMMENT 'io.facteur.party.Mandate, frozen when issued' AFTER deliver_to;
