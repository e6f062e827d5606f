-- The form that a draft was typed in: another form of the same person does not overwrite it unseen.
ALTER TABLE draft ADD COLUMN form TEXT;
