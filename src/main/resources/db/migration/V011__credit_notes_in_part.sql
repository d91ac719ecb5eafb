-- BILL-6: which line of the invoice a credit note's line takes back, and how much of it.

ALTER TABLE document_line
  ADD COLUMN credited_line     SMALLINT       NULL COMMENT 'position of the invoice''s line; NULL: none, or made by hand',
  ADD COLUMN credited_quantity DECIMAL(18, 6) NULL COMMENT 'part of that line''s quantity; 0: an amount of it',
  ADD CONSTRAINT document_line_credited CHECK ((credited_line IS NULL) = (credited_quantity IS NULL));
