-- What a check was asked about, exactly as it came, where that differs from the address that is kept. Older rows have only the address.
ALTER TABLE "Verification" ADD COLUMN "input" TEXT;
