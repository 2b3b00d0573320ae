-- AlterEnum
ALTER TYPE "OperationKind" ADD VALUE 'create_key';
