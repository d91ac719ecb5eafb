-- Why a PDF of an invoice carries no e-invoice: told again whenever a Factur-X of it is asked for (EINV-2).
ALTER TABLE rendition
  ADD COLUMN violations JSON NULL COMMENT 'io.facteur.rendering.RuleViolation[]; NULL: none' AFTER embeds_xml;
