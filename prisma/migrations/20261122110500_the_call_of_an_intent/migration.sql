-- By it a repeated call whose first runner died finds what became of the act. NULL: begun before, or by no action's door.
ALTER TABLE "operation" ADD COLUMN "call_key" TEXT;
