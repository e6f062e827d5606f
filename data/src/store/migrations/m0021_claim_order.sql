-- Why a reviewer chose a claim to count, against the usual order of sources.

ALTER TABLE position ADD COLUMN reason TEXT;
