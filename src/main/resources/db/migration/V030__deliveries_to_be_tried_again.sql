-- The few deliveries that will be tried again are found without going through all that a run has made.
ALTER TABLE delivery ADD KEY delivery_retry (retry_at);
