-- Published rounds can be corrected, withdrawn, and chosen to head their review. The column "supersedes" of the first
-- schema names the round that a correction is of; no version before this one filled it.

-- Why a correction was made; filled when it is published.
ALTER TABLE round ADD COLUMN correction_reason TEXT;
-- When and why a published round was withdrawn.
ALTER TABLE round ADD COLUMN withdrawn_at BIGINT;
ALTER TABLE round ADD COLUMN withdrawal_reason TEXT;
-- Why a reviewer chose the round to head its review; at most one round of a review has a reason.
ALTER TABLE round ADD COLUMN headline_reason TEXT;
