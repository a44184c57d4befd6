-- Up to which event of a dispatch a webhook has been called. Webhooks go by the names that the settings give them.
CREATE TABLE webhook_progress (
  dispatch text NOT NULL,
  webhook text NOT NULL,
  sent_seq bigint NOT NULL CHECK (sent_seq >= 0),
  PRIMARY KEY (dispatch, webhook)
);
