import { defineConfig } from "vitest/config";

// The timeout is for a machine that does much else.
export default defineConfig({ test: { environment: "jsdom", include: ["test/**/*.test.ts"], testTimeout: 60_000 } });
