-- CreateTable
CREATE TABLE "release_alarmed" (
    "digest" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "release_alarmed_pkey" PRIMARY KEY ("digest")
);
