-- Statements of account state every open bill of a contact, also what is in its favour.

ALTER TABLE document
  DROP CONSTRAINT document_payable,
  ADD CONSTRAINT document_payable CHECK (type IN ('REMINDER', 'PAYMENT_NOTICE', 'STATEMENT')
    OR payable_amount = tax_inclusive_total - prepaid_amount + rounding_amount);

ALTER TABLE stated_bill
  DROP CONSTRAINT stated_open,
  ADD CONSTRAINT stated_open CHECK (open_amount <> 0);
