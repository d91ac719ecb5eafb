-- Paper for the delivery address shows that address in the envelope's window, and is a file of its own.
ALTER TABLE rendition
  ADD COLUMN window_party VARCHAR(8) NOT NULL DEFAULT 'BUYER' COMMENT 'whose address the envelope''s window shows' AFTER is_copy,
  DROP KEY rendition_once,
  ADD UNIQUE KEY rendition_once (document_id, format, language, template, is_copy, window_party),
  ADD CONSTRAINT rendition_window CHECK (window_party IN ('BUYER', 'DELIVERY'));
