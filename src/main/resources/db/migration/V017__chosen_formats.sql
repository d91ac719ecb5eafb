-- What a delivery's definition and route asked for, and what it left in where the recipient decided.
ALTER TABLE delivery
  ADD COLUMN chosen_format VARCHAR(20) NULL COMMENT 'since sending began; NULL: the channel''s own choice' AFTER format;
