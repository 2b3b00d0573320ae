-- CreateIndex
CREATE INDEX "import_key_version_idx" ON "import"("key_version");
